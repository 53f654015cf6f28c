import type { KeyboardEvent } from 'react';
import { text } from '@/shared/text/en';
import css from '@/shared/ui/Tabs.module.css';

const words = text.rulebooks;
const VIEWS = ['graph', 'test', 'versions', 'outline'] as const;

export type View = (typeof VIEWS)[number];

export function viewOf(value: string): View {
  return VIEWS.find((view) => view === value) ?? 'graph';
}

/** Tabs as ARIA describes them: arrows move, only the chosen one is in the order of the Tab key. */
export function ViewTabs({ view, onChange }: { view: View; onChange(view: View): void }) {
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = VIEWS[(VIEWS.indexOf(view) + step + VIEWS.length) % VIEWS.length] ?? 'graph';
    onChange(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div className={css.tabs} role="tablist" aria-label={words.viewsLabel}>
      {VIEWS.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          id={`tab-${one}`}
          aria-controls="rulebook-view"
          aria-selected={one === view}
          tabIndex={one === view ? 0 : -1}
          onClick={() => onChange(one)}
          onKeyDown={move}
        >
          {words.views[one]}
        </button>
      ))}
    </div>
  );
}
