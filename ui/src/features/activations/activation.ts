import { textOf } from '@/shared/search';
import type { Activation, Order, RulesetMemory, Way } from './queries';

export const STATUSES = [
  'running',
  'starting',
  'pending',
  'stopping',
  'stopped',
  'completed',
  'failed',
  'error',
  'diverged',
] as const;
const SORTS = [
  'name',
  'status',
  'rulebook_name',
  'events_seen',
  'decisions_made',
  'restart_count',
  'status_since',
] as const;

/** What the list shows, as the URL keeps it. */
export interface ListView {
  q?: string | undefined;
  status?: (typeof STATUSES)[number] | undefined;
  sort: string;
}

export const NO_FILTERS = { q: undefined, status: undefined } as const;

export function listOf(search: Readonly<Record<string, unknown>>): ListView {
  const sort = textOf(search['sort']);
  return {
    q: textOf(search['q']) || undefined,
    status: STATUSES.find((one) => one === search['status']),
    sort: SORTS.some((one) => one === sort.replace(/^-/, '')) ? sort : 'name',
  };
}

export function isFiltered(view: ListView): boolean {
  return Boolean(view.q || view.status);
}

export interface ListRequest {
  page_size: number;
  sort: string;
  name?: string;
  status?: (typeof STATUSES)[number];
}

/** What the server is asked for. */
export function requestOf(view: ListView): ListRequest {
  return {
    page_size: 50,
    sort: view.sort,
    ...(view.q && { name: view.q }),
    ...(view.status && { status: view.status }),
  };
}

export const VIEWS = ['overview', 'memory', 'log', 'versions'] as const;
export type View = (typeof VIEWS)[number];

export function tabOf(value: unknown): View {
  return VIEWS.find((one) => one === value) ?? 'overview';
}

export const LEVELS = ['error', 'warn', 'info'] as const;
export type Level = (typeof LEVELS)[number];

/** What of the log is shown, as the URL keeps it. */
export interface LogView {
  q?: string | undefined;
  level?: Level | undefined;
}

export const NO_LOG_FILTERS: LogView = { q: undefined, level: undefined };

export function logOf(search: Readonly<Record<string, unknown>>): LogView {
  return { q: textOf(search['q']) || undefined, level: LEVELS.find((one) => one === search['level']) };
}

/** A throttle's group as people read it; an event without the attribute is a group of its own. */
export function groupOf(group: string): string {
  try {
    const values: unknown = JSON.parse(group);
    return Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(', ') : '';
  } catch {
    return '';
  }
}

/** Whether a ruleset holds anything beside its counters. */
export function holdsNothing(one: RulesetMemory): boolean {
  return (
    one.fact_count === 0 && one.event_count === 0 && one.windows.length === 0 && one.throttles.length === 0
  );
}

/** What a person may tell an activation to do now. */
export function ordersFor(
  activation: Pick<Activation, 'is_enabled' | 'status'>,
): readonly Exclude<Order, Way>[] {
  if (!activation.is_enabled) return activation.status === 'stopping' ? [] : ['enable'];
  return ['restart', 'disable'];
}

/** Variables as they are read best; text that is no JSON stays as it is. */
export function variablesOf(extraVar: string): unknown {
  if (!extraVar.trim()) return {};
  try {
    return JSON.parse(extraVar) as unknown;
  } catch {
    return extraVar;
  }
}
