import { isRecord } from '@/api/problem';
import type { components } from '@/api/schema';
import { shortened, visible } from '@/shared/format/harmless';
import { sinceOf, spanOf } from '@/shared/listView';
import { textOf } from '@/shared/search';
import type { IconName } from '@/shared/ui/Icon';

export type Task = components['schemas']['Task'];

export const TABS = ['all', 'running', 'queued', 'waiting', 'dead', 'ended'] as const;
export type Tab = (typeof TABS)[number];

/** Which states a tab shows. */
export const STATES: Readonly<Record<Tab, readonly string[]>> = {
  dead: ['dead_letter'],
  running: ['running'],
  queued: ['queued'],
  waiting: ['waiting'],
  ended: ['succeeded', 'failed', 'dropped', 'refused', 'cancelled', 'expired'],
  all: [],
};
export const SORTS = ['created_at', 'due_at', 'action', 'rule'] as const;
export type SortKey = (typeof SORTS)[number];
const NEWEST = '-created_at';
export const PAGE_SIZE = 50;

/** What the list shows, as the URL keeps it. */
export interface View {
  tab: Tab;
  state?: string | undefined;
  action?: string | undefined;
  rule?: string | undefined;
  activation?: string | undefined;
  lock?: string | undefined;
  t?: string | undefined;
  sort: string;
  /** The open task. */
  sel?: string | undefined;
}

export function viewOf(search: Readonly<Record<string, unknown>>): View {
  const tab = TABS.find((one) => one === search['tab']) ?? 'all';
  const sort = textOf(search['sort']);
  const state = textOf(search['state']);
  return {
    tab,
    state: STATES[tab].includes(state) ? state : undefined,
    action: textOf(search['action']) || undefined,
    rule: textOf(search['rule']) || undefined,
    activation: /^\d{1,18}$/.test(textOf(search['activation'])) ? textOf(search['activation']) : undefined,
    lock: textOf(search['lock']) || undefined,
    t: spanOf(search['t']),
    sort: SORTS.some((one) => one === sort.replace(/^-/, '')) ? sort : NEWEST,
    sel: textOf(search['sel']) || undefined,
  };
}

/** The filters without what is open and how it is ordered. */
export const NO_FILTERS = {
  state: undefined,
  action: undefined,
  rule: undefined,
  activation: undefined,
  lock: undefined,
  t: undefined,
} as const;

export function isFiltered(view: View): boolean {
  return Boolean(view.state || view.action || view.rule || view.activation || view.lock || view.t);
}

export interface Request {
  page_size: number;
  sort: string;
  state?: string;
  action?: string;
  rule?: string;
  activation_id?: number;
  lock_key?: string;
  since?: string;
}

export function requestOf(view: View, now: number): Request {
  const states = view.state ? [view.state] : STATES[view.tab];
  const since = sinceOf(view.t, now);
  return {
    page_size: PAGE_SIZE,
    sort: view.sort,
    ...(states.length > 0 && { state: states.join(',') }),
    ...(view.action && { action: view.action }),
    ...(view.rule && { rule: view.rule }),
    ...(view.activation && { activation_id: Number(view.activation) }),
    ...(view.lock && { lock_key: view.lock }),
    ...(since && { since }),
  };
}

const TELLING = [
  'name',
  'playbook_name',
  'url',
  'topic',
  'channel',
  'subject',
  'host',
  'path',
  'module',
  'message',
];

/** What the action works on, in a few words: the first argument that names it. */
export function targetOf(task: Task): string {
  const values = task.arguments as Readonly<Record<string, unknown>>;
  const found = TELLING.map((key) => values[key]).find((value) => typeof value === 'string' && value !== '');
  const first = found ?? Object.values(values).find((value) => typeof value === 'string' && value !== '');
  return typeof first === 'string' ? shortened(visible(first), 120) : '';
}

/** `again` lets the current version of the rulebook decide; `retry` repeats what was decided. */
export type Operation = 'retry' | 'again' | 'drop' | 'cancel';

export const ICONS: Readonly<Record<Operation | 'edit', IconName>> = {
  retry: 'retry',
  again: 'decision',
  edit: 'rulebook',
  drop: 'x',
  cancel: 'x',
};

/** The same value, in whatever order its keys stand. */
export function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, sorted) === JSON.stringify(other, sorted);
}

function sorted(_key: string, value: unknown): unknown {
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}

/** What may be done with a task as it stands. */
export function operationsOf(task: Task): readonly Operation[] {
  if (task.state === 'dead_letter') return ['retry', 'again', 'drop'];
  return task.ended_at || task.cancelling ? [] : ['cancel'];
}

export interface Done {
  readonly done: number;
  /** Sentences of the refusals. */
  readonly refused: readonly string[];
}

/** Does it with one after the other: a hundred at once would be a load that nobody asked for. */
export async function inTurn(tasks: readonly Task[], act: (task: Task) => Promise<unknown>): Promise<Done> {
  const refused: string[] = [];
  for (const task of tasks) {
    try {
      await act(task);
    } catch (problem) {
      refused.push(problem instanceof Error ? problem.message : String(problem));
    }
  }
  return { done: tasks.length - refused.length, refused };
}

/** The chosen rows that are still shown. */
export function stillShown(chosen: ReadonlySet<string>, rows: readonly Task[]): readonly Task[] {
  return rows.filter((row) => chosen.has(row.id));
}

/** Takes a row in or out. */
export function toggled(chosen: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  const next = new Set(chosen);
  const all = ids.every((id) => next.has(id));
  for (const id of ids) {
    if (all) next.delete(id);
    else next.add(id);
  }
  return next;
}

/** Arguments as a person wrote them: an object, or what is wrong with the text. */
export function argumentsOf(text: string): Record<string, unknown> | string {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : '';
  } catch (problem) {
    return problem instanceof Error ? problem.message : String(problem);
  }
}
