import type { components } from '@/api/schema';
import { receivedOf } from '@/shared/event';
import { millis } from '@/shared/format/time';

export type Detail = components['schemas']['Decision'];
export type Action = components['schemas']['DecisionAction'];
export type Matched = components['schemas']['Matched'];

/** A station on the way of the event, and how long it took to get there from the one before. */
export interface Station {
  readonly key: 'received' | 'decided' | 'started' | 'ended';
  /** `NaN` when it was not reached yet. */
  readonly at: number;
  readonly took: number;
}

export function stationsOf({ decision, matched, actions }: Detail): Station[] {
  const attempts = actions.flatMap((action) => action.attempts);
  const received = latest(matched.map((one) => receivedOf(one.body)));
  const decided = millis(decision.committed_at);
  const started = earliest(attempts.map((attempt) => millis(attempt.started_at)));
  const done = actions.length > 0 && actions.every((action) => !Number.isNaN(millis(action.ended_at)));
  const ended = done ? latest(actions.map((action) => millis(action.ended_at))) : Number.NaN;
  const stations: Station[] = [
    { key: 'received', at: received, took: Number.NaN },
    { key: 'decided', at: decided, took: decided - received },
  ];
  if (actions.some((action) => action.task_id)) {
    stations.push({ key: 'started', at: started, took: started - decided });
    stations.push({ key: 'ended', at: ended, took: ended - started });
  }
  return stations;
}

/** An event of a match on the line from the first event to the decision. */
export interface Mark {
  readonly binding: string;
  readonly id: string;
  readonly at: number;
  /** 0 to 1. */
  readonly share: number;
}

export interface Timeline {
  readonly marks: readonly Mark[];
  readonly from: number;
  readonly to: number;
  readonly millis: number;
}

/** Shorter than this, an event that decides alone needs no line. */
const AT_ONCE_MILLIS = 1000;

/** When the events of a join came, and how long a window or throttle waited after them. */
export function timelineOf({ decision, matched }: Detail): Timeline | undefined {
  const events = matched.map((one) => ({ binding: one.binding, id: one.id, at: receivedOf(one.body) }));
  const known = events.filter((event) => !Number.isNaN(event.at));
  const from = earliest(known.map((event) => event.at));
  const to = Math.max(latest(known.map((event) => event.at)), millis(decision.at));
  if (Number.isNaN(from) || Number.isNaN(to)) return undefined;
  if (known.length < 2 && to - from < AT_ONCE_MILLIS) return undefined;
  const length = Math.max(1, to - from);
  return {
    from,
    to,
    millis: to - from,
    marks: known.map((event) => ({ ...event, share: (event.at - from) / length })),
  };
}

function latest(times: readonly number[]): number {
  const known = times.filter((time) => !Number.isNaN(time));
  return known.length ? Math.max(...known) : Number.NaN;
}

function earliest(times: readonly number[]): number {
  const known = times.filter((time) => !Number.isNaN(time));
  return known.length ? Math.min(...known) : Number.NaN;
}
