import { sinceOf, spanOf } from '@/shared/listView';
import type { Decision, DecisionFilter } from '@/shared/queries';
import { textOf } from '@/shared/search';

export const SORTS = ['committed_at', 'rule', 'rulebook', 'activation_name'] as const;
const NEWEST = '-committed_at';

/** What the list shows, as the URL keeps it. */
export interface View {
  rule?: string | undefined;
  rulebook?: string | undefined;
  version?: string | undefined;
  action?: string | undefined;
  status?: string | undefined;
  activation?: string | undefined;
  event?: string | undefined;
  t?: string | undefined;
  sort: string;
}

export const PAGE_SIZE = 50;

/** The filters, none of them set. */
export const NO_FILTERS = {
  rule: undefined,
  rulebook: undefined,
  version: undefined,
  action: undefined,
  status: undefined,
  activation: undefined,
  event: undefined,
  t: undefined,
} as const;

const NUMBER = /^\d{1,9}$/;

export function viewOf(search: Readonly<Record<string, unknown>>): View {
  const word = (key: string) => textOf(search[key]) || undefined;
  const number = (key: string) => (NUMBER.test(textOf(search[key])) ? textOf(search[key]) : undefined);
  const sort = textOf(search['sort']);
  return {
    rule: word('rule'),
    rulebook: word('rulebook'),
    version: number('version'),
    action: word('action'),
    status: word('status'),
    activation: number('activation'),
    event: word('event'),
    t: spanOf(search['t']),
    sort: SORTS.some((one) => one === sort.replace(/^-/, '')) ? sort : NEWEST,
  };
}

export function requestOf(view: View, now: number): DecisionFilter {
  const since = sinceOf(view.t, now);
  return {
    page_size: PAGE_SIZE,
    sort: view.sort,
    ...(view.rule && { rule_part: view.rule }),
    ...(view.rulebook && { rulebook: view.rulebook }),
    ...(view.version && { version: Number(view.version) }),
    ...(view.action && { action: view.action }),
    ...(view.status && { status: view.status }),
    ...(view.activation && { activation_id: Number(view.activation) }),
    ...(view.event && { event_id: view.event }),
    ...(since && { since }),
  };
}

export function isFiltered(view: View): boolean {
  return Object.keys(NO_FILTERS).some((key) => view[key as keyof typeof NO_FILTERS] !== undefined);
}

/** New decisions that the list does not show yet. A filtered list, or one in another order, says nothing. */
export function countFresh(
  view: View,
  rows: readonly Decision[] | undefined,
  live: readonly Decision[],
): number {
  if (rows === undefined || isFiltered(view) || view.sort !== NEWEST) return 0;
  const known = new Set(rows.map((row) => row.id));
  const newest = rows[0] ? Date.parse(rows[0].committed_at) : 0;
  return live.filter((row) => !known.has(row.id) && Date.parse(row.committed_at) > newest).length;
}
