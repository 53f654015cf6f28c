/** What lists have in common: how a click orders them, and which time they show. */

/** Columns of which the newest, or the most, comes first. */
const NEWEST_FIRST = new Set([
  'created_at',
  'committed_at',
  'modified_at',
  'last_event_at',
  'status_since',
  'events_received',
  'events_seen',
  'decisions_made',
  'restart_count',
]);

/** A click on a column: newest or first letter first, then the reverse. */
export function sortBy(current: string, key: string): string {
  const first = NEWEST_FIRST.has(key) ? `-${key}` : key;
  if (current !== first) return first;
  return first.startsWith('-') ? key : `-${key}`;
}

export function directionOf(sort: string, key: string): 'ascending' | 'descending' | undefined {
  if (sort === key) return 'ascending';
  return sort === `-${key}` ? 'descending' : undefined;
}

export const SPANS = ['15m', '1h', '24h', '7d'] as const;
export type Span = (typeof SPANS)[number];

const MINUTES: Readonly<Record<string, number>> = { '15m': 15, '1h': 60, '24h': 1440, '7d': 10_080 };

export function spanOf(value: unknown): Span | undefined {
  return SPANS.find((one) => one === value);
}

/** A relative time stays relative: counted from now, in whole minutes so that equal views ask equal questions. */
export function sinceOf(span: string | undefined, now: number): string | undefined {
  const minutes = MINUTES[span ?? ''];
  return minutes ? new Date((Math.floor(now / 60_000) - minutes) * 60_000).toISOString() : undefined;
}
