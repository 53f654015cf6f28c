import { useEffect, useState } from 'react';
import { text } from '@/shared/text/en';
import { Icon } from '@/shared/ui/Icon';
import css from './Events.module.css';
import { isCondition, type View } from './events';
import type { Change } from './EventsPage';

const words = text.events;
/** The server is asked when the writer pauses. */
const PAUSE_MILLIS = 400;

/** One line for both: a condition as a rule would have it, or a text that stands anywhere in the event. */
export function QueryBar({ id, view, onChange }: { id: string; view: View; onChange: Change }) {
  const [written, setWritten] = useState(view.q ?? '');
  const [known, setKnown] = useState(view.q);
  if (known !== view.q) {
    setKnown(view.q);
    if ((view.q ?? '') !== written.trim()) setWritten(view.q ?? '');
  }
  const asked = written.trim() || undefined;
  // Outside system: the clock.
  useEffect(() => {
    if (asked === view.q) return;
    const timer = setTimeout(() => onChange({ q: asked }), PAUSE_MILLIS);
    return () => clearTimeout(timer);
  }, [asked, view.q, onChange]);
  return (
    <div className={css.query} role="search">
      <Icon name="search" size={14} />
      <input
        id={id}
        value={written}
        maxLength={500}
        spellCheck={false}
        autoComplete="off"
        aria-label={words.query}
        placeholder={words.queryHint}
        onChange={(event) => setWritten(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onChange({ q: asked });
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      {asked && <span className={css.kind}>{isCondition(asked) ? words.condition : words.text}</span>}
    </div>
  );
}
