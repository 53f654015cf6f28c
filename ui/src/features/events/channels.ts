import type { Channel } from '@/shared/live/store';
import { HELD, rowOfTail, type Row, type TailRow } from './events';

/** Events as they arrive, oldest first, the newest of them held. */
export function tailChannel(stream: string | undefined): Channel<readonly Row[]> {
  return {
    name: 'tail',
    options: { max: 900, ...(stream !== undefined && { filter: { stream } }) },
    empty: [],
    apply: (state, frame) => {
      if (frame.kind !== 'snap' && frame.kind !== 'delta') return state;
      const rows = (Array.isArray(frame.data) ? (frame.data as TailRow[]) : []).map(rowOfTail);
      return frame.kind === 'snap' ? rows : [...state, ...rows].slice(-HELD);
    },
  };
}

interface Decided {
  readonly event_ids: readonly string[];
  readonly activation_id: number;
  readonly ruleset: string;
  readonly rule: string;
}

/** Which rules matched the newest events, by the event's id. */
export const matchesChannel: Channel<ReadonlyMap<string, ReadonlySet<string>>> = {
  name: 'decisions',
  options: { max: 200 },
  empty: new Map(),
  apply: (state, frame) => {
    if (frame.kind !== 'snap' && frame.kind !== 'delta') return state;
    const next = new Map(state);
    for (const decided of Array.isArray(frame.data) ? (frame.data as Decided[]) : []) {
      const rule = `${decided.activation_id} ${decided.ruleset} ${decided.rule}`;
      for (const id of decided.event_ids) next.set(id, new Set(next.get(id)).add(rule));
    }
    // A map keeps the order in which it was filled.
    for (const id of next.keys()) {
      if (next.size <= HELD) break;
      next.delete(id);
    }
    return next;
  },
};
