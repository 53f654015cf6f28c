import type { ReactNode } from 'react';
import { text } from '@/shared/text/en';
import { IconButton } from './Button';
import css from './Panel.module.css';

/** A list, and beside it what is open of it; on narrow screens the open one lies over the list. */
export function Split({ list, panel }: { list: ReactNode; panel: ReactNode }) {
  return (
    <div className={panel ? `${css.split} ${css.open}` : css.split}>
      <div className={css.list}>{list}</div>
      {panel}
    </div>
  );
}

interface PanelProps {
  label: string;
  title: ReactNode;
  above?: ReactNode;
  tools?: ReactNode;
  onClose(): void;
  children: ReactNode;
}

/** One object in detail, docked beside its list. */
export function Panel({ label, title, above, tools, onClose, children }: PanelProps) {
  return (
    <aside className={css.panel} aria-label={label}>
      <header>
        <div className={css.above}>
          {above}
          <span className={css.grow} />
          <IconButton icon="x" iconSize={14} label={text.action.close} onClick={onClose} />
        </div>
        <h2>{title}</h2>
        {tools && <div className={css.tools}>{tools}</div>}
      </header>
      <div className={css.body}>{children}</div>
    </aside>
  );
}

/** Names and values. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={css.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.section} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
