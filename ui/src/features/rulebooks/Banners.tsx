import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Icon } from '@/shared/ui/Icon';
import css from './Desk.module.css';
import type { Comparison } from './Desk';
import { isBehind } from './draft';
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
  const { theirs } = state;
  if (theirs) {
    return (
      <section className={css.banner} aria-label={words.conflict.title}>
        <Icon name="warn" size={15} />
        <p>
          <b>{words.conflict.title}</b>{' '}
          {theirs.local === undefined ? words.conflict.hint : words.conflict.local}
        </p>
        <Button
          small
          onClick={() => onCompare({ label: words.conflict.compare, before: theirs.text, after: state.text })}
        >
          {words.conflict.compare}
        </Button>
        <Button small onClick={draft.keepMine}>
          {words.conflict.keep}
        </Button>
        <Button small onClick={() => onReplace(draft.takeTheirs())}>
          {words.conflict.take}
        </Button>
      </section>
    );
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
