import { useState, type ReactNode } from 'react';
import { visible } from '@/shared/format/harmless';
import { text } from '@/shared/text/en';
import { Button } from './Button';
import { Icon } from './Icon';
import css from './Filters.module.css';

interface Props {
  /** Whether any filter is set. */
  filtered: boolean;
  onClear(): void;
  /** Stands over a card, not in a band of its own. */
  card?: boolean;
  children: ReactNode;
}

/** What narrows a list. Every one of them stands in the URL. On a telephone they are folded: the rows come first. */
export function Filters({ filtered, onClear, card, children }: Props) {
  const [shown, setShown] = useState(false);
  return (
    <div className={css.filters} role="search" data-card={card || undefined} data-shown={shown || undefined}>
      <span className={css.fold}>
        <Button aria-expanded={shown} onClick={() => setShown(!shown)}>
          <Icon name="search" size={13} />
          {filtered ? text.action.filtersSet : text.action.filters}
        </Button>
      </span>
      {children}
      {filtered && <Button onClick={onClear}>{text.action.clear}</Button>}
    </div>
  );
}

interface InputProps {
  label: string;
  value: string | undefined;
  onChange(value: string): void;
  id?: string;
  code?: boolean;
}

/** A text to look for; Escape leaves it. */
export function TextFilter({ label, value, onChange, id, code }: InputProps) {
  return (
    <label>
      {label}
      <input
        id={id}
        data-code={code || undefined}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
    </label>
  );
}

interface ChoiceProps extends Omit<InputProps, 'id' | 'code'> {
  /** What stands for no filter. */
  any: string;
  options: readonly (readonly [string | number, string])[];
}

export function ChoiceFilter({ label, value, onChange, any, options }: ChoiceProps) {
  return (
    <label>
      {label}
      <select value={value ?? ''} onChange={(event) => onChange(event.target.value)}>
        <option value="">{any}</option>
        {options.map(([key, word]) => (
          <option key={key} value={key}>
            {visible(word)}
          </option>
        ))}
      </select>
    </label>
  );
}
