import { isRecord } from '@/api/problem';
import type { components } from '@/api/schema';
import type { Frame } from './connection';
import type { Channel } from './store';

/** Seconds of figures kept for the charts. */
const SPAN = 900;
/** Rows kept of the newest decisions. */
const NEWEST = 60;

/** What happened in one second. */
export interface Tick {
  /** Milliseconds. */
  readonly at: number;
  /** Events by stream. */
  readonly events: Readonly<Record<string, number>>;
  readonly decisions: number;
  /** Ended actions by outcome. */
  readonly actions: Readonly<Record<string, number>>;
  /** Undecided entries by activation id. */
  readonly lag: Readonly<Record<string, number>>;
  /** Decision time in milliseconds; `null` when nothing was decided. */
  readonly p50: number | null;
  readonly p95: number | null;
  /** Refused requests by status of the answer. */
  readonly refused: Readonly<Record<string, number>>;
  /** Processes that fell silent, with the seconds of their silence. */
  readonly silent: Readonly<Record<string, number>>;
}

export interface Stats {
  readonly ticks: readonly Tick[];
}

export type DecisionRow = components['schemas']['DecisionRow'];

/** A part of an object that changed. */
interface ObjectPatch {
  readonly kind: string;
  readonly id: string;
}

/** One figure per second for everything on the overview. */
export const statsChannel: Channel<Stats> = {
  name: 'stats',
  empty: { ticks: [] },
  apply: (state, frame) => {
    if (frame.kind !== 'snap' && frame.kind !== 'delta') return state;
    const before = frame.kind === 'snap' ? [] : state.ticks;
    const last = before.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    // A resumed subscription may repeat its last second.
    const fresh = rowsOf(frame)
      .map(tickOf)
      .filter((tick) => tick.at > last);
    return fresh.length || frame.kind === 'snap' ? { ticks: [...before, ...fresh].slice(-SPAN) } : state;
  },
};

/** The newest decisions, newest first; a decision that changed takes the place of its older row. */
export const decisionsChannel: Channel<readonly DecisionRow[]> = {
  name: 'decisions',
  options: { max: NEWEST },
  empty: [],
  apply: (state, frame) => {
    if (frame.kind !== 'snap' && frame.kind !== 'delta') return state;
    return mergeDecisions(frame.kind === 'snap' ? [] : state, rowsOf<DecisionRow>(frame));
  },
};

export function mergeDecisions(
  state: readonly DecisionRow[],
  rows: readonly DecisionRow[],
): readonly DecisionRow[] {
  const byId = new Map(state.map((row) => [row.id, row]));
  for (const row of rows) byId.set(row.id, row);
  return [...byId.values()]
    .sort((a, b) => Date.parse(b.committed_at) - Date.parse(a.committed_at))
    .slice(0, NEWEST);
}

/** How many changes of each kind of object were told of: a count misses none, however many frames become one. */
export const objectsChannel: Channel<Readonly<Record<string, number>>> = {
  name: 'objects',
  empty: {},
  apply: (state, frame) => {
    if (frame.kind !== 'delta') return state;
    const counts: Record<string, number> = { ...state };
    for (const { kind } of rowsOf<ObjectPatch>(frame)) counts[kind] = (counts[kind] ?? 0) + 1;
    return counts;
  },
};

/** What an attempt printed so far. */
export interface Output {
  readonly attempt: number;
  /** Characters before `text` that are not kept. */
  readonly skipped: number;
  readonly text: string;
}

interface LogChunk {
  readonly attempt: number;
  readonly offset: number;
  readonly text: string;
}

/** Characters of a running action's output kept on the screen. */
const OUTPUT_KEPT = 256 * 1024;
const NO_OUTPUT: Output = { attempt: 0, skipped: 0, text: '' };

/** What a running task prints. */
export function outputChannel(task: string): Channel<Output> {
  return { name: `log:${task}`, empty: NO_OUTPUT, apply: appendOutput };
}

export function appendOutput(state: Output, frame: Frame): Output {
  if (frame.kind !== 'snap' && frame.kind !== 'delta') return state;
  return rowsOf<LogChunk>(frame).reduce(appendChunk, frame.kind === 'snap' ? NO_OUTPUT : state);
}

/** Chunks may overlap; a later attempt begins anew, and what was lost in between is counted. */
function appendChunk(state: Output, chunk: LogChunk): Output {
  if (chunk.attempt < state.attempt) return state;
  const before = chunk.attempt > state.attempt ? { ...NO_OUTPUT, attempt: chunk.attempt } : state;
  const end = before.skipped + before.text.length;
  const next =
    chunk.offset > end
      ? { attempt: chunk.attempt, skipped: chunk.offset, text: chunk.text }
      : { ...before, text: before.text + chunk.text.slice(end - chunk.offset) };
  const surplus = next.text.length - OUTPUT_KEPT;
  return surplus > 0 ? { ...next, skipped: next.skipped + surplus, text: next.text.slice(surplus) } : next;
}

function tickOf(data: unknown): Tick {
  const tick = isRecord(data) ? data : {};
  const time = isRecord(tick['decision_ms']) ? tick['decision_ms'] : {};
  return {
    at: Date.parse(String(tick['at'])),
    events: counts(tick['events_per_s']),
    decisions: Number(tick['decisions_per_s'] ?? 0),
    actions: counts(tick['actions']),
    lag: counts(tick['lag']),
    p50: figure(time['p50']),
    p95: figure(time['p95']),
    refused: counts(tick['refused']),
    silent: counts(tick['silent']),
  };
}

function counts(value: unknown): Record<string, number> {
  return isRecord(value) ? (value as Record<string, number>) : {};
}

/** A second without decisions has no decision time. */
function figure(value: unknown): number | null {
  return typeof value === 'number' && value > 0 ? value : null;
}

/** The rows of a frame. */
function rowsOf<T>(frame: Frame): readonly T[] {
  return Array.isArray(frame.data) ? frame.data : [];
}
