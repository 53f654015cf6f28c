import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isRecord, ProblemError } from '@/api/problem';
import { integer } from '@/shared/format/number';
import { text } from '@/shared/text/en';
import { Button } from './Button';
import { Card } from './Card';
import { Icon, type IconName } from './Icon';
import css from './List.module.css';

interface NoteProps {
  icon: IconName;
  tone?: 'err' | 'ok';
  title: string;
  compact?: boolean;
  children?: ReactNode;
}

/** What stands where rows would be. */
export function Note({ icon, tone, title, compact, children }: NoteProps) {
  return (
    <div className={compact ? `${css.state} ${css.compact}` : css.state}>
      <span className={css.mark} data-tone={tone}>
        <Icon name={icon} size={18} />
      </span>
      <p className={css.title}>{title}</p>
      {children}
    </div>
  );
}

/** Why something could not be read, and what to do. */
export function ProblemNote({ problem, retry }: { problem: Error; retry?: () => void }) {
  if (problem instanceof ProblemError && problem.status === 403) {
    return (
      <Note icon="lock" title={text.problem.forbidden}>
        <p>{problem.detail || text.problem.forbiddenHint}</p>
      </Note>
    );
  }
  const unreachable = problem instanceof ProblemError && problem.unreachable;
  const title = problem instanceof ProblemError ? problem.title : text.problem.title;
  return (
    <Note icon="warn" tone="err" title={unreachable ? text.problem.unreachable : title}>
      <p>{unreachable ? text.problem.unreachableHint : problem.message}</p>
      {retry && <Button onClick={retry}>{text.action.retry}</Button>}
    </Note>
  );
}

/** Grey bars after 0.3 s: a quick answer shows none. */
export function Skeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div className={css.skeleton} role="status" aria-label={text.loading} aria-busy>
      {Array.from({ length: rows }, (_, i) => (
        <i key={i} />
      ))}
    </div>
  );
}

interface LoadedProps<T> {
  query: UseQueryResult<T, Error>;
  /** Says whether there is nothing to show. */
  isEmpty?(data: T): boolean;
  empty?: ReactNode;
  children(data: T): ReactNode;
}

/** Shows a query's data, or why there is none. Data once shown stays while it is read again. */
export function Loaded<T>({ query, isEmpty, empty, children }: LoadedProps<T>) {
  if (query.data !== undefined) return isEmpty?.(query.data) ? empty : children(query.data);
  if (query.error) return <ProblemNote problem={query.error} retry={() => void query.refetch()} />;
  return <Skeleton />;
}

interface ListCardProps<T> {
  title: string;
  query: UseQueryResult<T, Error>;
  rows(data: T): readonly unknown[];
  /** What stands beside the title; the number of rows when nothing is said. */
  sub?: string;
  right?: ReactNode;
  stale?: boolean;
  empty: ReactNode;
  children(data: T): ReactNode;
}

/** A list in a card, with all that can stand in place of its rows. */
export function ListCard<T>({ title, query, rows, sub, right, stale, empty, children }: ListCardProps<T>) {
  const count =
    query.data === undefined ? undefined : integer(countOf(query.data) ?? rows(query.data).length);
  const beside = sub ?? count;
  return (
    <Card
      title={title}
      right={right}
      {...(stale !== undefined && { stale })}
      {...(beside !== undefined && { sub: beside })}
    >
      <Loaded query={query} isEmpty={(data) => rows(data).length === 0} empty={empty}>
        {children}
      </Loaded>
    </Card>
  );
}

/** Rows in the whole list, where the answer says. */
function countOf(data: unknown): number | undefined {
  return isRecord(data) && typeof data['count'] === 'number' ? data['count'] : undefined;
}

export function Table({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={css.scroll} role="group" aria-label={label} tabIndex={0}>
      <table className={css.table}>{children}</table>
    </div>
  );
}

interface MoreProps {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): Promise<unknown> };
  shown: number;
  count: number;
}

/** The end of a list that is read slice by slice. */
export function More({ query, shown, count }: MoreProps) {
  return (
    <div className={css.foot}>
      <span className="num">{text.shown(shown, count)}</span>
      {query.hasNextPage && (
        <Button small disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {text.action.more}
        </Button>
      )}
    </div>
  );
}
