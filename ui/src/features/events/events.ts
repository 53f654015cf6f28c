import type { components } from '@/api/schema';
import type { Tick } from '@/shared/live/channels';
import { textOf } from '@/shared/search';
import { colorOf, type ChartData, type Series } from '@/shared/ui/chartModel';

export type HistoryRow = components['schemas']['EventRow'];
export type TailRow = components['schemas']['TailRow'];
export type RuleSays = components['schemas']['RuleSays'];
export type Node = components['schemas']['ConditionNode'];

/** A row of the tape. */
export interface Row {
  readonly id: string;
  readonly at: number;
  readonly stream: string;
  readonly subject: string;
  readonly size: number;
  /** Rules that matched it, as far as is known. */
  readonly matched: number;
}

export const SPANS = ['15m', '1h', '24h', 'range'] as const;
export type Span = (typeof SPANS)[number];
const MINUTES: Readonly<Record<string, number>> = { '15m': 15, '1h': 60, '24h': 1440 };
/** Rows that the tape holds. */
export const HELD = 2000;
const STRIP_SECONDS = 120;
const BAR_SECONDS = 2;
const DRAWN = 5;

/** What the page shows, as the URL keeps it. */
export interface View {
  /** Empty: as they arrive. */
  t?: Span | undefined;
  from?: string | undefined;
  to?: string | undefined;
  q?: string | undefined;
  /** Keys of streams with commas: numbers of event streams, ids of what activations bring themselves. */
  stream?: string | undefined;
  matched?: 'yes' | 'no' | undefined;
  /** The open event. */
  sel?: string | undefined;
}

export function viewOf(search: Readonly<Record<string, unknown>>): View {
  const matched = search['matched'];
  const stream = textOf(search['stream']);
  return {
    t: SPANS.find((one) => one === search['t']),
    from: timeOf(search['from']),
    to: timeOf(search['to']),
    q: textOf(search['q']) || undefined,
    stream: /^[\da-f-]{1,36}(,[\da-f-]{1,36})*$/.test(stream) ? stream : undefined,
    matched: matched === 'yes' || matched === 'no' ? matched : undefined,
    sel: textOf(search['sel']) || undefined,
  };
}

function timeOf(value: unknown): string | undefined {
  const text = textOf(value);
  return Number.isNaN(Date.parse(text)) ? undefined : text;
}

export const NO_FILTERS = {
  t: undefined,
  from: undefined,
  to: undefined,
  q: undefined,
  stream: undefined,
  matched: undefined,
} as const;

export function isFiltered(view: View): boolean {
  return Boolean(view.t || view.q || view.stream || view.matched);
}

/** Whether the server has to search: the live tape knows neither payloads nor what has not arrived while it was watched. */
export function isSearch(view: View): boolean {
  return Boolean(view.t || view.q || view.matched);
}

/** A query that names the event is a condition; anything else is a text to be found anywhere. */
export function isCondition(query: string): boolean {
  return /\b(?:event|events|fact|facts|vars)\s*[.[]/.test(query);
}

export interface Request {
  page_size: number;
  event_stream_id?: string;
  condition?: string;
  text?: string;
  matched?: 'yes' | 'no';
  since?: string;
  until?: string;
}

export function requestOf(view: View, now: number): Request {
  const minutes = MINUTES[view.t ?? ''];
  const range = view.t === 'range';
  return {
    page_size: 100,
    ...(view.stream && { event_stream_id: view.stream }),
    ...(view.q && (isCondition(view.q) ? { condition: view.q } : { text: view.q })),
    ...(view.matched && { matched: view.matched }),
    ...(minutes && { since: new Date((Math.floor(now / 60_000) - minutes) * 60_000).toISOString() }),
    ...(range && view.from && { since: new Date(view.from).toISOString() }),
    ...(range && view.to && { until: new Date(view.to).toISOString() }),
  };
}

export function rowOfHistory(row: HistoryRow): Row {
  return {
    id: row.id,
    at: Date.parse(row.received_at),
    stream: row.event_stream_name,
    subject: row.subject,
    size: row.size,
    matched: row.rules_matched,
  };
}

export function rowOfTail(row: TailRow): Row {
  return {
    id: row.id,
    at: Date.parse(row.at),
    stream: row.stream,
    subject: row.subject,
    size: row.size,
    matched: 0,
  };
}

/** What was stored before the page was opened and what has arrived since, newest first, each once. */
export function tapeOf(
  stored: readonly Row[],
  arrived: readonly Row[],
  streams: ReadonlySet<string> | undefined,
  matches: ReadonlyMap<string, ReadonlySet<string>>,
): Row[] {
  const known = new Set(arrived.map((row) => row.id));
  const older = stored.filter((row) => !known.has(row.id));
  return [...older, ...arrived]
    .filter((row) => !streams || streams.has(row.stream))
    .map((row) => {
      const rules = matches.get(row.id)?.size ?? 0;
      return rules > row.matched ? { ...row, matched: rules } : row;
    })
    .sort((a, b) => b.at - a.at)
    .slice(0, HELD);
}

/** Rows above the newest that the reader saw. */
export function freshOf(rows: readonly Row[], held: readonly Row[]): number {
  const newest = held[0];
  if (!newest) return rows.length;
  const at = rows.findIndex((row) => row.id === newest.id);
  return at < 0 ? rows.length : at;
}

/** How many events of the last seconds arrived, and how many of them the tape shows. */
export function rateOf(
  ticks: readonly Tick[],
  rows: readonly Row[],
  streams: ReadonlySet<string> | undefined,
) {
  const window = ticks.slice(-6, -1);
  const start = (window[0]?.at ?? 0) - 1000;
  const end = window.at(-1)?.at ?? 0;
  const all = window.reduce(
    (sum, tick) =>
      sum +
      Object.entries(tick.events)
        .filter(([name]) => !streams || streams.has(name))
        .reduce((one, [, count]) => one + count, 0),
    0,
  );
  const shown = rows.filter((row) => row.at > start && row.at <= end).length;
  const seconds = Math.max(1, window.length);
  return {
    perSecond: all / seconds,
    /** Percent that was left out; below a twentieth it is the clocks, not the sampling. */
    sampledAway: all > 20 && shown < all * 0.95 ? Math.round((1 - shown / all) * 100) : 0,
  };
}

/** Two minutes of the server's own totals: the tape alone may hold only some seconds. */
export function stripOf(ticks: readonly Tick[]): { series: readonly Series[]; data: ChartData } {
  const shown = barsOf(ticks.slice(-STRIP_SECONDS));
  const totals = new Map<string, number>();
  for (const tick of ticks) {
    for (const [name, count] of Object.entries(tick.events))
      totals.set(name, (totals.get(name) ?? 0) + count);
  }
  const names = [...totals]
    .sort((a, b) => b[1] - a[1])
    .slice(0, DRAWN)
    .map(([name]) => name)
    .sort();
  return {
    series: names.map((label, i) => ({ label, color: colorOf(i) })),
    data: [
      shown.map(([start]) => start),
      ...names.map((name) =>
        shown.map(
          ([, group]) => group.reduce((sum, tick) => sum + (tick.events[name] ?? 0), 0) / group.length,
        ),
      ),
    ],
  };
}

/** Whole steps of the clock: ticks come a little early or late, and bars would stand as unevenly. */
function barsOf(ticks: readonly Tick[]): readonly (readonly [number, readonly Tick[]])[] {
  const groups = new Map<number, Tick[]>();
  for (const tick of ticks) {
    const start = Math.floor(tick.at / 1000 / BAR_SECONDS) * BAR_SECONDS;
    groups.set(start, [...(groups.get(start) ?? []), tick]);
  }
  const newest = (ticks.at(-1)?.at ?? 0) / 1000;
  return [...groups].filter(([start]) => start + BAR_SECONDS <= newest + 1);
}

/** The first part of a condition that kept it from being true; `undefined` when none did. */
export function failureOf(tree: Node): Node | undefined {
  if (tree.verdict !== 'false' && tree.verdict !== 'undefined') return undefined;
  for (const part of tree.parts) {
    const found = failureOf(part);
    if (found) return found;
  }
  return tree;
}

/** A condition that holds for events with this value at this place; empty where the grammar has no way to say it. */
export function conditionFor(path: readonly (string | number)[], value: unknown): string {
  const place = path.map((key) =>
    typeof key === 'number' ? `[${key}]` : /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `["${key}"]`,
  );
  const odd = path.some((key) => typeof key === 'string' && /["'\\\n]/.test(key));
  const written = literal(value);
  return path.length === 0 || odd || written === '' ? '' : `event${place.join('')} == ${written}`;
}

function literal(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > 200 || /["\\\u0000-\u001f]|\{\{/.test(value) ? '' : `"${value}"`;
  }
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? String(value) : '';
}

/** Rules that matched come first, then those that may yet. */
const ORDER = ['matched', 'waits', 'throttled', 'taken', 'lost', 'not_fulfilled', 'disabled'];

export function inOrder(rules: readonly RuleSays[]): RuleSays[] {
  return [...rules].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
}
