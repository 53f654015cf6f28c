import { useState } from 'react';
import { isRecord } from '@/api/problem';
import { visible } from '@/shared/format/harmless';
import { bytes } from '@/shared/format/number';
import { text } from '@/shared/text/en';
import css from './Json.module.css';

/** Fields that are drawn at once; more are drawn when they are asked for. */
const CHUNK = 100;
/** Characters of a text that are drawn at first, and with each further step. */
const TEXT_SHOWN = 400;
const TEXT_STEP = 20_000;

type Path = readonly (string | number)[];
/** Takes a scalar and where it stands. */
type Pick = (path: Path, value: unknown) => void;

interface Props {
  value: unknown;
  label: string;
  /** How deep it is unfolded at first. */
  open?: number;
  /** Fields of the outermost object that are folded all the same. */
  folded?: readonly string[];
  /** Makes scalars buttons. */
  onPick?: Pick;
}

/** A JSON value as a tree that folds. What is folded is not drawn, so that a huge one costs no more than what is seen of it. */
export function Json({ value, label, open = 4, folded = [], onPick }: Props) {
  return (
    <div className={css.json} tabIndex={0} role="group" aria-label={label}>
      <div className={css.root}>
        <Value value={value} path={[]} open={open} folded={folded} onPick={onPick} />
      </div>
    </div>
  );
}

interface ValueProps {
  name?: string;
  value: unknown;
  path: Path;
  open: number;
  folded?: readonly string[];
  onPick: Pick | undefined;
}

function Value({ name, value, path, open, folded = [], onPick }: ValueProps) {
  const key = name !== undefined && (
    <>
      <bdi className={css.key}>{visible(name)}</bdi>:{' '}
    </>
  );
  const size = sizeOf(value);
  if (size === 0) {
    return (
      <div className={css.line}>
        {key}
        <Scalar value={value} path={path} onPick={onPick} />
      </div>
    );
  }
  return (
    <Branch value={value} path={path} size={size} open={open > 0 && size <= CHUNK * 5} label={key}>
      {(field, inner) => (
        <Value
          key={field}
          {...(Array.isArray(value) ? {} : { name: field })}
          value={inner}
          path={[...path, Array.isArray(value) ? Number(field) : field]}
          open={folded.includes(field) ? 0 : open - 1}
          onPick={onPick}
        />
      )}
    </Branch>
  );
}

interface BranchProps {
  value: unknown;
  path: Path;
  size: number;
  open: boolean;
  label: React.ReactNode;
  children(field: string, inner: unknown): React.ReactNode;
}

function Branch({ value, size, open: first, label, children }: BranchProps) {
  const [open, setOpen] = useState(first);
  const [shown, setShown] = useState(CHUNK);
  const [start, end] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {label}
        {start}
        <span className={css.fold}>
          {text.fields(size)} {end}
        </span>
      </summary>
      {open && (
        <>
          <div className={css.inner}>
            {entriesOf(value, shown).map(([field, inner]) => children(field, inner))}
            {size > shown && (
              <button type="button" className={css.more} onClick={() => setShown(shown + 10 * CHUNK)}>
                {text.json.moreFields(Math.min(10 * CHUNK, size - shown), size - shown)}
              </button>
            )}
          </div>
          {end}
        </>
      )}
    </details>
  );
}

function Scalar({ value, path, onPick }: { value: unknown; path: Path; onPick: Pick | undefined }) {
  const [shown, setShown] = useState(TEXT_SHOWN);
  const long = typeof value === 'string' && value.length > shown;
  const drawn = visible(JSON.stringify(long ? `${value.slice(0, shown)}…` : value) ?? 'null');
  const look = typeof value === 'string' ? css.string : css.number;
  const empty = isRecord(value) || Array.isArray(value);
  return (
    <>
      {onPick && !empty && !long ? (
        <button
          type="button"
          className={`${css.pick} ${look}`}
          title={text.json.pick}
          onClick={() => onPick(path, value)}
        >
          <bdi>{drawn}</bdi>
        </button>
      ) : (
        <bdi className={empty ? undefined : look}>{drawn}</bdi>
      )}
      {long && (
        <button type="button" className={css.more} onClick={() => setShown(shown + TEXT_STEP)}>
          {text.json.moreText(bytes(value.length))}
        </button>
      )}
    </>
  );
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return isRecord(value) ? Object.keys(value).length : 0;
}

function entriesOf(value: unknown, most: number): [string, unknown][] {
  if (Array.isArray(value)) return value.slice(0, most).map((item, i) => [String(i), item]);
  const record = isRecord(value) ? value : {};
  return Object.keys(record)
    .slice(0, most)
    .map((key) => [key, record[key]]);
}
