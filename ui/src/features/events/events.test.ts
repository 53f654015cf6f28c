import { describe, expect, it } from 'vitest';
import type { Tick } from '@/shared/live/channels';
import type { Frame } from '@/shared/live/connection';
import { matchesChannel, tailChannel } from './channels';
import {
  conditionFor,
  failureOf,
  freshOf,
  inOrder,
  isCondition,
  isSearch,
  rateOf,
  requestOf,
  stripOf,
  tapeOf,
  viewOf,
  type Node,
  type Row,
  type RuleSays,
} from './events';

const NOW = Date.parse('2026-11-21T12:00:30Z');
const row = (id: string, at: number, part: Partial<Row> = {}): Row => ({
  id,
  at,
  stream: 'alerts',
  subject: '',
  size: 1,
  matched: 0,
  ...part,
});
const frame = (kind: Frame['kind'], data: unknown): Frame => ({ kind, data, dropped: 0 });

describe('the view of events', () => {
  it('is kept in the URL and drops what it does not know', () => {
    const view = viewOf({ t: '3y', stream: '1;drop', matched: 'maybe', q: 'disk' });
    expect(requestOf(view, NOW)).toEqual({ page_size: 100, text: 'disk' });
    expect(requestOf(viewOf({ stream: '1,2', matched: 'no', t: '1h' }), NOW)).toEqual({
      page_size: 100,
      event_stream_id: '1,2',
      matched: 'no',
      since: '2026-11-21T11:00:00.000Z',
    });
  });

  it('asks the server only for what the tape cannot show', () => {
    expect(isSearch(viewOf({ stream: '1' }))).toBe(false);
    expect(isSearch(viewOf({ q: 'x' }))).toBe(true);
    expect(isSearch(viewOf({ t: 'range' }))).toBe(true);
  });

  it('tells a condition from a text', () => {
    expect(isCondition('event.payload.a == 1')).toBe(true);
    expect(isCondition('event["payload"] is defined')).toBe(true);
    expect(isCondition('the event failed.')).toBe(false);
  });

  it('writes a condition for a value, or none where the grammar cannot', () => {
    expect(conditionFor(['payload', 'labels', 'a-b', 0], 'x')).toBe('event.payload.labels["a-b"][0] == "x"');
    expect(conditionFor(['payload', 'n'], 1.5)).toBe('event.payload.n == 1.5');
    expect(conditionFor(['payload', 'n'], 'say "x"')).toBe('');
    expect(conditionFor(['payload', 'a"b'], 1)).toBe('');
    expect(conditionFor([], 1)).toBe('');
  });
});

describe('the tape', () => {
  it('shows what was stored and what arrives once, newest first', () => {
    const tape = tapeOf([row('b', 2), row('a', 1)], [row('b', 2), row('c', 3)], undefined, new Map());
    expect(tape.map((one) => one.id)).toEqual(['c', 'b', 'a']);
  });

  it('marks what rules matched since', () => {
    const tape = tapeOf(
      [row('a', 1, { matched: 2 })],
      [row('b', 2)],
      undefined,
      new Map([['b', new Set(['r'])]]),
    );
    expect(tape.map((one) => one.matched)).toEqual([1, 2]);
  });

  it('shows the chosen streams', () => {
    const rows = [row('a', 1), row('b', 2, { stream: 'other' })];
    expect(tapeOf(rows, [], new Set(['other']), new Map())).toHaveLength(1);
  });

  it('counts what came above the newest that was read', () => {
    expect(freshOf([row('c', 3), row('b', 2), row('a', 1)], [row('a', 1)])).toBe(2);
    expect(freshOf([row('c', 3)], [row('gone', 1)])).toBe(1);
  });

  it('says how much was left out', () => {
    const tick = (second: number, count: number) =>
      ({ at: second * 1000, events: { alerts: count } }) as unknown as Tick;
    const ticks = [1, 2, 3, 4, 5, 6, 7].map((second) => tick(second, 100));
    const rows = Array.from({ length: 250 }, (_, i) => row(String(i), 1001 + i * 19));
    expect(rateOf(ticks, rows, undefined)).toEqual({ perSecond: 100, sampledAway: 50 });
    expect(rateOf(ticks, rows, new Set(['other']))).toEqual({ perSecond: 0, sampledAway: 0 });
  });

  it('holds a bounded number of rows and of matches', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ({ id: String(i), at: '2026-11-21T12:00:00Z' }));
    expect(tailChannel(undefined).apply([], frame('delta', many))).toHaveLength(2000);
    const decided = many.map(({ id }) => ({ event_ids: [id], activation_id: 1, ruleset: 's', rule: 'r' }));
    const matches = matchesChannel.apply(matchesChannel.empty, frame('delta', decided));
    expect(matches.size).toBe(2000);
    expect(matches.has('4999')).toBe(true);
  });
});

describe('the strip over the tape', () => {
  const at = (millis: number, count: number) =>
    ({ at: NOW + millis, events: { alerts: count } }) as unknown as Tick;

  it('has bars of whole steps, though ticks come a little early or late', () => {
    const { series, data } = stripOf([at(3, 10), at(1_010, 20), at(2_400, 30), at(3_001, 50), at(4_100, 9)]);
    expect(series.map((one) => one.label)).toEqual(['alerts']);
    expect(data).toEqual([
      [NOW / 1_000, NOW / 1_000 + 2],
      [15, 40],
    ]);
  });
});

describe('what rules said', () => {
  const node = (verdict: Node['verdict'], text: string, parts: Node[] = []): Node => ({
    text,
    verdict,
    actual: null,
    expected: null,
    note: '',
    parts,
  });

  it('finds the first part that failed', () => {
    const tree = node('false', 'all', [
      node('true', 'a'),
      node('false', 'b', [node('undefined', 'c')]),
      node('false', 'd'),
    ]);
    expect(failureOf(tree)?.text).toBe('c');
    expect(failureOf(node('true', 'a'))).toBeUndefined();
  });

  it('shows rules that matched first', () => {
    const says = (outcome: string) => ({ outcome }) as RuleSays;
    expect(
      inOrder([says('not_fulfilled'), says('waits'), says('matched')]).map((one) => one.outcome),
    ).toEqual(['matched', 'waits', 'not_fulfilled']);
  });
});
