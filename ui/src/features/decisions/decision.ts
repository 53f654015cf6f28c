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

function latest(times: readonly number[]): number {
  const known = times.filter((time) => !Number.isNaN(time));
  return known.length ? Math.max(...known) : Number.NaN;
}

function earliest(times: readonly number[]): number {
  const known = times.filter((time) => !Number.isNaN(time));
  return known.length ? Math.min(...known) : Number.NaN;
}
