import type { components } from '@/api/schema';
import type { Channel } from '@/shared/live/store';
import { ruleKey } from './matches';

export type CounterRow = components['schemas']['CounterRow'];

/** Longer than between two counts of the server: what comes since the last of them is added to it. */
const KEPT_MILLIS = 180_000;
const RATE_SECONDS = 5;
/** A process reports once a second, and so does the server: what was committed a moment before its count comes after it. */
const ON_THE_WAY_MILLIS = 1_500;

/** What the rules and sources of one rulebook had to do, second by second. */
export function countersChannel(rulebook: number): Channel<readonly CounterRow[]> {
  return {
    name: 'counters',
    options: { max: 900, filter: { rulebook_id: String(rulebook) } },
    empty: [],
    apply: (state, frame) => {
      if (frame.kind !== 'snap' && frame.kind !== 'delta') return state;
      const rows = Array.isArray(frame.data) ? (frame.data as CounterRow[]) : [];
      const all = frame.kind === 'snap' ? rows : [...state, ...rows];
      const newest = Date.parse(all.at(-1)?.at ?? '');
      return all.filter((row) => Date.parse(row.at) > newest - KEPT_MILLIS);
    },
  };
}

/** Matches by rule after a moment. */
export function countedSince(rows: readonly CounterRow[], moment: number): ReadonlyMap<string, number> {
  const counted = new Map<string, number>();
  for (const row of rows) {
    if (row.kind !== 'rule' || Date.parse(row.at) <= moment + ON_THE_WAY_MILLIS) continue;
    const key = ruleKey(row.ruleset, row.name);
    counted.set(key, (counted.get(key) ?? 0) + row.count);
  }
  return counted;
}

/** Events a second by source, in the last seconds in which anything came. */
export type Rates = ReadonlyMap<string, number>;

export function sourceKey(ruleset: string, source: string): string {
  return JSON.stringify([ruleset, source]);
}

export function ratesOf(rows: readonly CounterRow[], now = Date.parse(rows.at(-1)?.at ?? '')): Rates {
  const rates = new Map<string, number>();
  for (const row of rows) {
    if (row.kind !== 'source' || Date.parse(row.at) <= now - RATE_SECONDS * 1000) continue;
    const key = sourceKey(row.ruleset, row.name);
    rates.set(key, (rates.get(key) ?? 0) + row.count / RATE_SECONDS);
  }
  return rates;
}
