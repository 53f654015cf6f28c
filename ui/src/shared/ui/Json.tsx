import { isRecord } from '@/api/problem';
import { text } from '@/shared/text/en';
import css from './Json.module.css';

interface Props {
  value: unknown;
  label: string;
  /** How deep it is unfolded at first. */
  open?: number;
}

/** A JSON value as a tree that folds. */
export function Json({ value, label, open = 4 }: Props) {
  return (
    <div className={css.json} tabIndex={0} role="region" aria-label={label}>
      <div className={css.root}>
        <Value value={value} open={open} />
      </div>
    </div>
  );
}

function Value({ name, value, open }: { name?: string; value: unknown; open: number }) {
  const list = Array.isArray(value);
  const entries = list
    ? value.map((item, i) => [String(i), item] as const)
    : isRecord(value)
      ? Object.entries(value)
      : [];
  const key = name !== undefined && (
    <>
      <span className={css.key}>{name}</span>:{' '}
    </>
  );
  if (entries.length === 0) {
    return (
      <div className={css.line}>
        {key}
        <Scalar value={value} />
      </div>
    );
  }
  const [start, end] = list ? ['[', ']'] : ['{', '}'];
  return (
    <details open={open > 0}>
      <summary>
        {key}
        {start}
        <span className={css.fold}>
          {text.fields(entries.length)} {end}
        </span>
      </summary>
      <div className={css.inner}>
        {entries.map(([field, inner]) => (
          <Value key={field} {...(list ? {} : { name: field })} value={inner} open={open - 1} />
        ))}
      </div>
      {end}
    </details>
  );
}

function Scalar({ value }: { value: unknown }) {
  const look = typeof value === 'string' ? css.string : css.number;
  return (
    <span className={isRecord(value) || Array.isArray(value) ? undefined : look}>
      {JSON.stringify(value) ?? 'null'}
    </span>
  );
}
