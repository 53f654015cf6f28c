import { useQuery } from '@tanstack/react-query';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Icon } from '@/shared/ui/Icon';
import css from './Desk.module.css';
import type { Comparison } from './Desk';
import { isBehind, type Theirs } from './draft';
import type { Draft } from './useDraft';

const words = text.rulebooks;

interface Props {
  draft: Draft;
  onReplace(text: string): void;
  onCompare(comparison: Comparison): void;
}

/** What a person has to decide about the draft: two texts that crossed, or a version that was published meanwhile. */
export function Banners({ draft, onReplace, onCompare }: Props) {
  const { state } = draft;
  if (state.theirs) {
    return <Crossed draft={draft} theirs={state.theirs} onReplace={onReplace} onCompare={onCompare} />;
  }
  if (!isBehind(state)) return null;
  const { number } = state.published;
  return (
    <section className={css.banner} aria-label={words.behind.title(number)}>
      <Icon name="warn" size={15} />
      <p>{words.behind.title(number)}</p>
      <Button
        small
        onClick={() =>
          onCompare({ label: words.behind.compare(number), before: state.published.text, after: state.text })
        }
      >
        {words.behind.compare(number)}
      </Button>
      <Button small onClick={draft.rebase}>
        {words.behind.go}
      </Button>
    </section>
  );
}

/** Two texts of one draft: seen beside what both were made from where that is known, and put together where they do not meet. */
function Crossed({ draft, theirs, onReplace, onCompare }: Props & { theirs: Theirs }) {
  const mine = draft.state.text;
  const { base } = theirs;
  const both = useQuery({
    queryKey: ['merged', base, mine, theirs.text],
    queryFn: async () => (await import('./merge')).mergeBoth(base ?? '', mine, theirs.text) ?? null,
    enabled: base !== undefined,
    gcTime: 0,
  }).data;
  return (
    <section className={css.banner} aria-label={words.conflict.title}>
      <Icon name="warn" size={15} />
      <p>
        <b>{words.conflict.title}</b>{' '}
        {theirs.local === undefined ? words.conflict.hint : words.conflict.local}
      </p>
      <Button
        small
        onClick={() =>
          onCompare({
            label: base === undefined ? words.conflict.compare : words.conflict.three,
            before: theirs.text,
            after: mine,
            ...(base !== undefined && { base }),
          })
        }
      >
        {base === undefined ? words.conflict.compare : words.conflict.three}
      </Button>
      {typeof both === 'string' && (
        <Button
          small
          onClick={() => {
            draft.keepMine();
            onReplace(both);
          }}
        >
          {words.conflict.both}
        </Button>
      )}
      <Button small onClick={draft.keepMine}>
        {words.conflict.keep}
      </Button>
      <Button small onClick={() => onReplace(draft.takeTheirs())}>
        {words.conflict.take}
      </Button>
    </section>
  );
}
