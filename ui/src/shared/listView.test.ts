import { describe, expect, it } from 'vitest';
import { directionOf, sinceOf, sortBy, spanOf } from './listView';

describe('lists', () => {
  it('turn the order of a column round', () => {
    expect(sortBy('-due_at', 'created_at')).toBe('-created_at');
    expect(sortBy('-created_at', 'created_at')).toBe('created_at');
    expect(sortBy('rule', 'committed_at')).toBe('-committed_at');
    expect(sortBy('-created_at', 'rule')).toBe('rule');
    expect(sortBy('rule', 'rule')).toBe('-rule');
    expect(directionOf('-rule', 'rule')).toBe('descending');
    expect(directionOf('-rule', 'action')).toBeUndefined();
  });

  it('count a relative time from now, in whole minutes, and know no other', () => {
    const now = Date.parse('2026-11-21T12:00:30Z');
    expect(sinceOf('15m', now)).toBe('2026-11-21T11:45:00.000Z');
    expect(sinceOf(undefined, now)).toBeUndefined();
    expect(spanOf('7d')).toBe('7d');
    expect(spanOf('3y')).toBeUndefined();
  });
});
