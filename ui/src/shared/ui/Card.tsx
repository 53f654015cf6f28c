import type { ReactNode } from 'react';
import css from './Card.module.css';

interface Props {
  title: string;
  /** Tells this card from others of the same title. */
  label?: string;
  sub?: ReactNode;
  right?: ReactNode;
  stale?: boolean;
  children: ReactNode;
}

export function Card({ title, label = title, sub, right, stale, children }: Props) {
  return (
    <section className={stale ? `${css.card} ${css.stale}` : css.card} aria-label={label}>
      <header>
        <h2>{title}</h2>
        {sub !== undefined && <span className={css.sub}>{sub}</span>}
        <span className={css.grow} />
        {right}
      </header>
      {children}
    </section>
  );
}
