import { isRecord } from '@/api/problem';
import { text } from '@/shared/text/en';
import css from './Json.module.css';

interface Props {
  value: unknown;
  label: string;
  /** How deep it is unfolded at first. */
  open?: number;
  /** Fields of the outermost object that are folded all the same. */
  folded?: readonly string[];
}

/** A JSON value as a tree that folds. */
export function Json({ value, label, open = 4, folded = [] }: Props) {
  return (
    <div className={css.json} tabIndex={0} role="group" aria-label={label}>
      <div className={css.root}>
        <Value value={value} open={open} folded={folded} />
      </div>
    </div>
  );
}

interface ValueProps {
  name?: string;
  value: unknown;
  open: number;
  folded?: readonly string[];
}

function Value({ name, value, open, folded = [] }: ValueProps) {
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
          <Value
            key={field}
            {...(list ? {} : { name: field })}
            value={inner}
            open={folded.includes(field) ? 0 : open - 1}
          />
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
