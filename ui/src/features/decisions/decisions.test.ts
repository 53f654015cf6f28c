import { describe, expect, it } from 'vitest';
import type { Decision } from '@/shared/queries';
import { sourceOf, subjectOf } from '@/shared/event';
import { stationsOf, timelineOf, type Action, type Detail } from './decision';
import { countFresh, isFiltered, requestOf, viewOf } from './decisions';

const at = (second: number) => new Date(second * 1000).toISOString();
const matched = (second: number) => ({ binding: 'm', id: 'e', body: { meta: { received_at: at(second) } } });
const attempt = (start: number, end: number | null) => ({
  number: 1,
  worker: 'w',
  started_at: at(start),
  ended_at: end === null ? null : at(end),
  outcome: 'succeeded',
  message: '',
});
const action = (change: Partial<Action>): Action => ({
  index: 0,
  name: 'run_playbook',
  arguments: {},
  task_id: 't',
  state: 'succeeded',
  message: '',
  result: {},
  output: '',
  output_size: 0,
  output_complete: true,
  attempts: [],
  ended_at: null,
  ...change,
});
const detail = (events: number[], actions: Action[]): Detail => ({
  decision: { committed_at: at(10) } as Decision,
  matched: events.map(matched),
  actions,
});
const took = (decision: Detail) => stationsOf(decision).map((station) => [station.key, station.took / 1000]);

describe('the way of an event', () => {
  it('is measured from the event that completed the match to the end of the last action', () => {
    const actions = [
      action({ attempts: [attempt(12, 13)], ended_at: at(13) }),
      action({ index: 1, attempts: [attempt(14, 19)], ended_at: at(19) }),
    ];
    expect(took(detail([4, 9], actions))).toEqual([
      ['received', Number.NaN],
      ['decided', 1],
      ['started', 2],
      ['ended', 7],
    ]);
  });

  it('has not ended while an action runs', () => {
    const stations = stationsOf(detail([9], [action({ attempts: [attempt(12, null)], state: 'running' })]));
    expect(stations.at(-1)).toMatchObject({ key: 'ended', at: Number.NaN });
  });

  it('ends with the decision when no worker has to do anything', () => {
    expect(took(detail([9], [action({ task_id: null, ended_at: at(10) })]))).toHaveLength(2);
  });

  it('copes with events that do not say when they came', () => {
    const decision: Detail = { ...detail([], []), matched: [{ binding: 'm', id: 'e', body: {} }] };
    expect(stationsOf(decision)[0]?.at).toBeNaN();
  });
});

describe('an event in words', () => {
  it('is called by its alert, or by what its payload says', () => {
    expect(subjectOf({ alert: { labels: { alertname: 'HighLatency' } } })).toBe('HighLatency');
    expect(subjectOf({ payload: { action: 'opened', title: 'Fix it' } })).toBe('Fix it');
    expect(subjectOf({ payload: { n: 1 } })).toBe('');
    expect(subjectOf(null)).toBe('');
  });

  it('names its source', () => {
    expect(sourceOf({ meta: { source: { name: 'alerts' } } })).toBe('alerts');
    expect(sourceOf({ meta: {} })).toBe('');
  });
});

describe('the list of decisions', () => {
  const NOW = Date.parse('2026-11-21T12:00:30Z');

  it('keeps its filters in the URL and drops what it does not know', () => {
    const view = viewOf({
      rule: 'a',
      activation: 3,
      version: 'x',
      action: 'debug',
      t: '1h',
      sort: 'nonsense',
      nonsense: 'x',
    });
    expect(requestOf(view, NOW)).toEqual({
      page_size: 50,
      sort: '-committed_at',
      rule_part: 'a',
      activation_id: 3,
      action: 'debug',
      since: '2026-11-21T11:00:00.000Z',
    });
    expect(isFiltered(view)).toBe(true);
    expect(isFiltered(viewOf({ sort: 'rule' }))).toBe(false);
  });

  const row = (id: string, second: number) => ({ id, committed_at: at(second) }) as Decision;

  it('offers new decisions only where they would show', () => {
    const shown = [row('b', 2), row('a', 1)];
    const live = [row('d', 4), row('c', 3), row('b', 2), row('old', 0)];
    expect(countFresh(viewOf({}), shown, live)).toBe(2);
    expect(countFresh(viewOf({ sort: 'rule' }), shown, live)).toBe(0);
    expect(countFresh(viewOf({ rule: 'x' }), shown, live)).toBe(0);
    expect(countFresh(viewOf({}), undefined, live)).toBe(0);
  });
});

describe('the time line of a match', () => {
  it('shows each event where it came, from the first one to the decision', () => {
    const line = timelineOf({
      ...detail([4, 8], []),
      decision: { at: at(14), committed_at: at(14) } as Decision,
    });
    expect(line?.marks.map((mark) => Math.round(mark.share * 100))).toEqual([0, 40]);
    expect(line?.millis).toBe(10_000);
  });

  it('is left out where an event alone decided at once', () => {
    const alone = { ...detail([4], []), decision: { at: at(4), committed_at: at(5) } as Decision };
    expect(timelineOf(alone)).toBeUndefined();
  });
});
