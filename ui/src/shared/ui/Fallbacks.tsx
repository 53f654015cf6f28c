import { ProblemError } from '@/api/problem';
import { text } from '@/shared/text/en';
import { ButtonLink } from './Button';
import { Note, ProblemNote } from './List';

export function NotFound() {
  return (
    <Note icon="help" title={text.problem.notFound}>
      <p>{text.problem.notFoundHint}</p>
      <ButtonLink to="/">{text.problem.toOverview}</ButtonLink>
    </Note>
  );
}

export function PageFailed({ error, reset }: { error: unknown; reset(): void }) {
  if (error instanceof ProblemError) return <ProblemNote problem={error} retry={reset} />;
  return (
    <Note icon="warn" tone="err" title={text.problem.page}>
      <p className="mono">{error instanceof Error ? error.message : String(error)}</p>
    </Note>
  );
}
