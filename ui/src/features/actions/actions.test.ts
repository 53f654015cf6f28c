import { describe, expect, it } from 'vitest';
import {
  argumentsOf,
  inTurn,
  isFiltered,
  operationsOf,
  requestOf,
  sameJson,
  stillShown,
  targetOf,
  toggled,
  viewOf,
  type Task,
} from './actions';

const NOW = Date.parse('2026-11-21T12:00:30Z');
const task = (part: Partial<Task>) => ({ arguments: {}, ended_at: null, cancelling: false, ...part }) as Task;

describe('the list of actions', () => {
  it('keeps its view in the URL and drops what it does not know', () => {
    const view = viewOf({
      tab: 'dead',
      rule: 'a',
      activation: 3,
      sort: '-arguments',
      state: 'running',
      t: '3y',
    });
    expect(requestOf(view, NOW)).toEqual({
      page_size: 50,
      sort: '-created_at',
      state: 'dead_letter',
      rule: 'a',
      activation_id: 3,
    });
    expect(isFiltered(view)).toBe(true);
    expect(isFiltered(viewOf({ tab: 'queued', sel: 'x' }))).toBe(false);
  });

  it('narrows a tab to one of its states', () => {
    expect(requestOf(viewOf({ tab: 'ended', state: 'failed' }), NOW).state).toBe('failed');
    expect(requestOf(viewOf({ tab: 'ended' }), NOW).state).toContain('succeeded,failed');
    expect(requestOf(viewOf({}), NOW).state).toBeUndefined();
  });

  it('counts a relative time from now, in whole minutes', () => {
    expect(requestOf(viewOf({ t: '15m' }), NOW).since).toBe('2026-11-21T11:45:00.000Z');
  });

  it('names what an action works on, harmlessly', () => {
    expect(targetOf(task({ arguments: { method: 'POST', url: 'http://a/b' } }))).toBe('http://a/b');
    expect(targetOf(task({ arguments: { x: 1 } }))).toBe('');
    expect(targetOf(task({ arguments: { name: `a\u202e${'b'.repeat(500)}` } }))).toHaveLength(120);
  });
});

describe('operations', () => {
  it('are those that the state allows', () => {
    expect(operationsOf(task({ state: 'dead_letter', ended_at: '2026-11-21T12:00:00Z' }))).toEqual([
      'retry',
      'again',
      'drop',
    ]);
    expect(operationsOf(task({ state: 'running' }))).toEqual(['cancel']);
    expect(operationsOf(task({ state: 'running', cancelling: true }))).toEqual([]);
    expect(operationsOf(task({ state: 'succeeded', ended_at: '2026-11-21T12:00:00Z' }))).toEqual([]);
  });

  it('are done with many one after the other, and refusals are told', async () => {
    const order: string[] = [];
    const tasks = ['1', '2', '3'].map((id) => task({ id }));
    const done = await inTurn(tasks, ({ id }) => {
      order.push(id);
      return id === '2' ? Promise.reject(new Error('gone')) : Promise.resolve();
    });
    expect(order).toEqual(['1', '2', '3']);
    expect(done).toEqual({ done: 2, refused: ['gone'] });
  });

  it('choose rows, all at once too, and forget those that are not shown any more', () => {
    const one = toggled(new Set(), ['a']);
    const all = toggled(one, ['a', 'b']);
    expect([...all]).toEqual(['a', 'b']);
    expect([...toggled(all, ['a', 'b'])]).toEqual([]);
    expect(stillShown(all, [task({ id: 'b' }), task({ id: 'c' })]).map((row) => row.id)).toEqual(['b']);
  });

  it('take one JSON object as arguments', () => {
    expect(argumentsOf('{"a": 1}')).toEqual({ a: 1 });
    expect(argumentsOf('[1]')).toBe('');
    expect(argumentsOf('{"a": ')).not.toBe('');
  });
});

describe('what the current version says', () => {
  it('is the same in whatever order its keys stand', () => {
    expect(sameJson({ a: 1, b: { c: 2, d: [1, 2] } }, { b: { d: [1, 2], c: 2 }, a: 1 })).toBe(true);
    expect(sameJson({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
  });
});
