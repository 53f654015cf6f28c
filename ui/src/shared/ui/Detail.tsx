import type { ReactNode } from 'react';
import css from './Detail.module.css';

interface HeadProps {
  /** What kind of object it is. */
  label: string;
  name: string;
  /** Its state, beside the name. */
  children: ReactNode;
  /** What can be done with it. */
  orders?: ReactNode;
  /** Below all of that. */
  below?: ReactNode;
}

/** The name of an object, how it stands, and what can be done with it. */
export function DetailHead({ label, name, children, orders, below }: HeadProps) {
  return (
    <section className={css.head} aria-label={label}>
      <h2>
        <bdi>{name}</bdi>
      </h2>
      {children}
      {orders && <div className={css.orders}>{orders}</div>}
      {below && <div className={css.below}>{below}</div>}
    </section>
  );
}

/** A few figures side by side. */
export function Figures({
  label,
  figures,
}: {
  label: string;
  figures: readonly (readonly [string, ReactNode])[];
}) {
  return (
    <section className={css.figures} aria-label={label}>
      {figures.map(([name, value]) => (
        <div key={name} className={css.figure}>
          <span>{name}</span>
          <b>{value}</b>
        </div>
      ))}
    </section>
  );
}
