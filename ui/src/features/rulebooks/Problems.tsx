import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Icon } from '@/shared/ui/Icon';
import css from './Desk.module.css';
import type { Problem } from './editor/findings';
import type { Validation } from './useValidation';
import { visible } from '@/shared/format/harmless';

const words = text.rulebooks;
/** A broken megabyte has a problem in each line; nobody reads more than this. */
const SHOWN = 50;
const ICONS = { error: 'x', warning: 'warn', note: 'help' } as const;

interface Props {
  problems: readonly Problem[];
  validation: Validation | undefined;
  /** The text as it is now; a suggestion for an older one is not offered. */
  current: string;
  writes: boolean;
  onShow(problem: Problem): void;
  onMend(problem: Problem): void;
}

/** What the server says of the text, each with its place and, where there is one, the right word. */
export function Problems({ problems, validation, current, writes, onShow, onMend }: Props) {
  const errors = problems.filter((one) => one.severity === 'error').length;
  const upToDate = validation?.text === current;
  return (
    <section className={css.problems} aria-label={words.problems}>
      <div className={css.found} role="status">
        <Icon name={errors > 0 ? 'x' : problems.length > 0 ? 'warn' : 'check'} size={13} />
        <h2>
          {problems.length > 0 ? words.problemsFound(errors, problems.length - errors) : words.nothingWrong}
        </h2>
        <span className="dimmer num">{stateOf(validation, upToDate)}</span>
      </div>
      {problems.length > 0 && (
        <ul>
          {problems.slice(0, SHOWN).map((problem, i) => (
            <li key={i}>
              <button type="button" className={css.problem} onClick={() => onShow(problem)}>
                <span data-severity={problem.severity}>
                  <Icon name={ICONS[problem.severity]} size={13} title={words.severity[problem.severity]} />
                </span>
                <bdi>{visible(problem.message)}</bdi>
                <span className="dimmer num">{words.line(problem.line + 1)}</span>
              </button>
              {problem.fix !== undefined && writes && (
                <Button small disabled={!upToDate} onClick={() => onMend(problem)}>
                  {problem.adds === undefined
                    ? words.editor.mend(problem.fix)
                    : words.editor.add(problem.adds)}
                </Button>
              )}
            </li>
          ))}
          {problems.length > SHOWN && (
            <li className="dimmer">{words.moreProblems(problems.length - SHOWN)}</li>
          )}
        </ul>
      )}
    </section>
  );
}

function stateOf(validation: Validation | undefined, upToDate: boolean): string {
  if (!validation || !upToDate) return words.checking;
  return validation.failed ? words.unchecked : words.checked(validation.millis);
}
