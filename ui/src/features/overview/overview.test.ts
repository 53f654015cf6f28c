import { describe, expect, it } from 'vitest';
import type { Tick } from '@/shared/live/channels';
import type { Activation, Task } from '@/shared/queries';
import { attentionOf, worstFirst } from './attention';
import { buckets, overviewOf, windowOf } from './overview';

const tick = (second: number, change: Partial<Tick> = {}): Tick => ({
  at: second * 1000,
  events: {},
  decisions: 0,
  actions: {},
  lag: {},
  p50: null,
  p95: null,
  refused: {},
  silent: {},
  ...change,
});
const seconds = (count: number, change: (second: number) => Partial<Tick>) =>
  Array.from({ length: count }, (_, second) => tick(second, change(second)));

describe('the overview', () => {
  it('shows the mean of the last three seconds', () => {
    const ticks = seconds(60, (second) => ({ events: { alerts: second >= 57 ? 30 : 10 } }));
    const { events } = overviewOf(ticks, '1m');
    expect(events.now).toBe(30);
    expect(events.change).toBe('+200 %');
  });

  it('leaves out what is older than the window', () => {
    const ticks = seconds(600, (second) => ({ actions: second < 300 ? { failed: 1 } : { succeeded: 1 } }));
    expect(overviewOf(ticks, '5m').success).toMatchObject({ percent: 100, ended: 300 });
    expect(overviewOf(ticks, '15m').success).toMatchObject({ percent: 50, ended: 600 });
  });

  it('knows no success and no decision time when nothing happened', () => {
    const { success, p95 } = overviewOf(
      seconds(60, () => ({})),
      '1m',
    );
    expect(success).toBeNull();
    expect(p95).toBeNull();
  });

  it('does not count an attempt that is repeated as a failure', () => {
    const ticks = seconds(10, () => ({ actions: { succeeded: 1, queued: 1, lost: 1, dead_letter: 1 } }));
    const { success, outcomes } = overviewOf(ticks, '1m');
    expect(success?.percent).toBe(50);
    const [, good, again, bad] = outcomes;
    expect([good?.[0], again?.[0], bad?.[0]]).toEqual([2, 4, 2]);
  });

  it('keeps the last known decision time', () => {
    const ticks = seconds(60, (second) => ({ p95: second === 20 ? 7 : null }));
    expect(overviewOf(ticks, '1m').p95?.now).toBe(7);
  });

  it('draws the five busiest streams, by name', () => {
    const events = { f: 1, e: 9, d: 8, c: 7, b: 6, a: 5 };
    const { series } = overviewOf([tick(1, { events })], '1m').streams;
    expect(series.map((one) => one.label)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('draws only steps that are over', () => {
    const starts = (count: number) =>
      buckets(
        seconds(count, () => ({})),
        5,
      ).map(([start]) => start);
    expect(starts(9)).toEqual([0]);
    expect(starts(10)).toEqual([0, 5]);
  });

  it('orders lag by size', () => {
    const { lagBy } = overviewOf([tick(1, { lag: { '1': 3, '2': 40 } })], '1m');
    expect(lagBy).toEqual([
      { activation: '2', entries: 40 },
      { activation: '1', entries: 3 },
    ]);
  });

  it('falls back to five minutes', () => {
    expect(windowOf('15m')).toBe('15m');
    expect(windowOf('never')).toBe('5m');
  });

  it('has something to show before the first second', () => {
    expect(overviewOf([], '5m').events.now).toBe(0);
  });
});

describe('the activations of the overview', () => {
  it('stand with what failed first, and keep their order otherwise', () => {
    const one = (id: number, status: string) => ({ id, status }) as unknown as Activation;
    const sorted = worstFirst([one(1, 'running'), one(2, 'pending'), one(3, 'running'), one(4, 'error')]);
    expect(sorted.map(({ id }) => id)).toEqual([4, 2, 1, 3]);
  });
});

describe('what needs attention', () => {
  const activation = (name: string, status: string, status_message = '') =>
    ({ name, status, status_message }) as Activation;
  const task = (id: string) => ({ id }) as Task;
  const known = { deadLetters: undefined, activations: [], relaxed: false, ticks: [] };

  it('is empty when all is well', () => {
    const activations = [activation('a', 'running'), activation('b', 'stopped', 'enough')];
    expect(attentionOf({ ...known, deadLetters: { count: 0, results: [] }, activations })).toEqual([]);
  });

  it('names failing activations before dead letters, and counts the rest', () => {
    const letters = ['1', '2', '3', '4', '5'].map(task);
    const items = attentionOf({
      ...known,
      deadLetters: { count: 12, results: letters },
      activations: [activation('a', 'diverged'), activation('b', 'failed')],
    });
    expect(items.map((item) => item.kind)).toEqual([
      'activation',
      'activation',
      'task',
      'task',
      'task',
      'task',
      'more',
    ]);
    expect(items.at(-1)).toEqual({ kind: 'more', count: 8 });
  });

  it('tells of stumbling sources, silent processes, refused requests and a log that may forget', () => {
    const items = attentionOf({
      ...known,
      activations: [activation('a', 'running', 'source "in" failed')],
      relaxed: true,
      ticks: [
        tick(1, { refused: { '401': 2 }, silent: { gone: 9 } }),
        tick(2, { refused: { '413': 1 }, silent: { w2: 30 } }),
      ],
    });
    expect(items.map((item) => item.kind)).toEqual(['silent', 'source', 'relaxed', 'refused']);
    expect(items[0]).toMatchObject({ process: 'w2', seconds: 30 });
    expect(items.at(-1)).toEqual({ kind: 'refused', count: 3, statuses: ['401', '413'] });
  });
});
