import { change } from '@/shared/format/number';
import type { Tick } from '@/shared/live/channels';
import { colorOf, type ChartData, type Series } from '@/shared/ui/chartModel';

export type Window = '1m' | '5m' | '15m';
export const WINDOWS: readonly Window[] = ['1m', '5m', '15m'];

const SECONDS: Readonly<Record<Window, number>> = { '1m': 60, '5m': 300, '15m': 900 };
/** Seconds in one point of a line, and in one bar. */
const POINT: Readonly<Record<Window, number>> = { '1m': 1, '5m': 3, '15m': 10 };
const BAR: Readonly<Record<Window, number>> = { '1m': 2, '5m': 5, '15m': 20 };
/** Seconds that make the figure of a tile; one second alone jumps. */
const NOW = 3;
/** Streams drawn by themselves; the rest becomes one series. */
const DRAWN = 5;

export interface Tile {
  readonly now: number;
  readonly change: string;
  readonly spark: readonly number[];
}

export interface Overview {
  readonly events: Tile;
  readonly decisions: Tile;
  readonly actions: Tile;
  readonly lag: Tile;
  /** `null` while nothing was decided in the window. */
  readonly p95: (Tile & { readonly now: number }) | null;
  /** Share of ended actions that succeeded, in percent; `null` when none ended. */
  readonly success: {
    readonly percent: number;
    readonly ended: number;
    readonly spark: readonly number[];
  } | null;
  readonly streams: {
    readonly series: readonly Series[];
    readonly data: ChartData;
    readonly now: readonly number[];
  };
  readonly outcomes: ChartData;
  readonly time: ChartData;
  readonly lagBy: readonly { readonly activation: string; readonly entries: number }[];
  readonly barSeconds: number;
}

export function windowOf(value: unknown): Window {
  return WINDOWS.find((one) => one === value) ?? '5m';
}

/** Everything the overview draws, from the seconds that the server told of. */
export function overviewOf(all: readonly Tick[], window: Window): Overview {
  const ticks = within(all, window);
  const points = buckets(ticks, POINT[window]);
  const bars = buckets(ticks, BAR[window]);
  return {
    events: tileOf(ticks, points, eventsIn),
    decisions: tileOf(ticks, points, (tick) => tick.decisions),
    actions: tileOf(ticks, points, (tick) => sum(tick.actions)),
    lag: tileOf(ticks, points, (tick) => sum(tick.lag)),
    p95: timeTile(ticks, points),
    success: successOf(ticks, points),
    streams: streamsOf(ticks, points),
    outcomes: [
      bars.map(([time]) => time),
      bars.map(([, group]) => total(group, (tick) => tick.actions['succeeded'] ?? 0)),
      bars.map(([, group]) => total(group, retries)),
      bars.map(([, group]) => total(group, failures)),
    ],
    time: [
      points.map(([time]) => time),
      ...(['p50', 'p95'] as const).map((key) => points.map(([, group]) => worst(group, key))),
    ],
    lagBy: Object.entries(all.at(-1)?.lag ?? {})
      .map(([activation, entries]) => ({ activation, entries }))
      .sort((a, b) => b.entries - a.entries),
    barSeconds: BAR[window],
  };
}

/** The seconds of a window. */
export function within(all: readonly Tick[], window: Window): readonly Tick[] {
  const newest = all.at(-1)?.at ?? 0;
  return all.filter((tick) => tick.at > newest - SECONDS[window] * 1000);
}

/** Groups of whole steps of the clock. A step that is not over is left out, or the edge of a chart would flicker. */
export function buckets(
  ticks: readonly Tick[],
  seconds: number,
): readonly (readonly [number, readonly Tick[]])[] {
  const groups = new Map<number, Tick[]>();
  for (const tick of ticks) {
    const start = Math.floor(tick.at / 1000 / seconds) * seconds;
    const group = groups.get(start);
    if (group) group.push(tick);
    else groups.set(start, [tick]);
  }
  const newest = (ticks.at(-1)?.at ?? 0) / 1000;
  return [...groups].filter(([start]) => start + seconds <= newest + 1);
}

export function eventsIn(tick: Tick): number {
  return sum(tick.events);
}

/** Outcomes of an attempt after which its task is queued again. */
const TRIED_AGAIN = ['queued', 'retried', 'lost', 'given_back'];

function retries(tick: Tick): number {
  return TRIED_AGAIN.reduce((all, outcome) => all + (tick.actions[outcome] ?? 0), 0);
}

function failures(tick: Tick): number {
  return sum(tick.actions) - (tick.actions['succeeded'] ?? 0) - retries(tick);
}

function tileOf(
  ticks: readonly Tick[],
  points: ReturnType<typeof buckets>,
  of: (tick: Tick) => number,
): Tile {
  const now = mean(ticks.slice(-NOW).map(of));
  return {
    now,
    change: change(now, mean(ticks.slice(0, -NOW).map(of))),
    spark: points.map(([, group]) => mean(group.map(of))),
  };
}

function timeTile(ticks: readonly Tick[], points: ReturnType<typeof buckets>): Overview['p95'] {
  const known = ticks.flatMap((tick) => (tick.p95 === null ? [] : [tick.p95]));
  const now = known.at(-1);
  if (now === undefined) return null;
  const spark = points.flatMap(([, group]) => worst(group, 'p95') ?? []);
  return { now, change: change(now, mean(known.slice(0, -1))), spark };
}

function successOf(ticks: readonly Tick[], points: ReturnType<typeof buckets>): Overview['success'] {
  const share = (group: readonly Tick[]) => {
    const good = total(group, (tick) => tick.actions['succeeded'] ?? 0);
    const ended = good + total(group, failures);
    return { ended, percent: ended ? (100 * good) / ended : Number.NaN };
  };
  const { ended, percent } = share(ticks);
  if (ended === 0) return null;
  let last = 100;
  const spark = points.map(([, group]) => {
    const here = share(group).percent;
    last = Number.isNaN(here) ? last : here;
    return last;
  });
  return { percent, ended, spark };
}

function streamsOf(ticks: readonly Tick[], points: ReturnType<typeof buckets>): Overview['streams'] {
  const totals = new Map<string, number>();
  for (const tick of ticks) {
    for (const [name, count] of Object.entries(tick.events))
      totals.set(name, (totals.get(name) ?? 0) + count);
  }
  // By name, so that a stream keeps its colour when another one overtakes it.
  const busiest = [...totals].sort((a, b) => b[1] - a[1]).slice(0, DRAWN);
  const names = busiest.map(([name]) => name).sort();
  const recent = ticks.slice(-NOW);
  return {
    series: names.map((label, i) => ({ label, color: colorOf(i) })),
    data: [
      points.map(([time]) => time),
      ...names.map((name) => points.map(([, group]) => mean(group.map((tick) => tick.events[name] ?? 0)))),
    ],
    now: names.map((name) => mean(recent.map((tick) => tick.events[name] ?? 0))),
  };
}

function worst(group: readonly Tick[], key: 'p50' | 'p95'): number | null {
  const known = group.flatMap((tick) => tick[key] ?? []);
  return known.length ? Math.max(...known) : null;
}

function sum(values: Readonly<Record<string, number>>): number {
  return Object.values(values).reduce((all, one) => all + one, 0);
}

function total(group: readonly Tick[], of: (tick: Tick) => number): number {
  return group.reduce((all, tick) => all + of(tick), 0);
}

function mean(values: readonly number[]): number {
  return values.length ? values.reduce((all, one) => all + one, 0) / values.length : 0;
}
