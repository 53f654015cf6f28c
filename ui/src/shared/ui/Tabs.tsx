import css from './Tabs.module.css';

interface Tab<T extends string> {
  readonly key: T;
  readonly label: string;
  /** Shown beside the label; `undefined` shows none. */
  readonly count?: number | undefined;
  /** A count that a person should look at. */
  readonly urgent?: boolean;
}

interface Props<T extends string> {
  label: string;
  value: T;
  tabs: readonly Tab<T>[];
  onChange(value: T): void;
}

/** Views of one list, each with how much is in it. */
export function Tabs<T extends string>({ label, value, tabs, onChange }: Props<T>) {
  return (
    <div className={css.tabs} role="group" aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.key}
          type="button"
          aria-pressed={tab.key === value}
          onClick={() => onChange(tab.key)}
        >
          {tab.label}
          {tab.count !== undefined && (
            <span className="num" data-urgent={(tab.urgent && tab.count > 0) || undefined}>
              {tab.count > 10_000 ? '10,000+' : tab.count.toLocaleString('en-US')}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
