import { describe, expect, it } from 'vitest';
import { facetsOf, nameOf, narrowed, widened, type Field } from './facets';

const field = (path: string, samples: unknown[], counts: number[], seen: number, share = 1) =>
  ({ path, types: [], seen, share, samples, counts, first_seen_at: '', last_seen_at: '' }) as Field;

describe('facets', () => {
  it('are the fields whose few values cover most events, the plainest path first', () => {
    const facets = facetsOf([
      field('event.payload.a.deep', ['x'], [10], 10),
      field('event.payload.severity', ['high', 'lo"w'], [7, 3], 10),
      field('event.payload.id', ['1', '2'], [1, 1], 100),
      field('event.payload.rare', ['x'], [1], 1, 0.01),
      field('event.meta.uuid', ['u'], [10], 10),
      field('event.meta.headers["X-GitHub-Event"]', ['push'], [10], 10),
    ]);
    expect(facets.map((facet) => facet.path)).toEqual([
      'event.payload.severity',
      'event.payload.a.deep',
      'event.meta.headers["X-GitHub-Event"]',
    ]);
    expect(facets[0]?.values).toEqual([
      { value: 'high', count: 7, condition: 'event.payload.severity == "high"' },
    ]);
  });

  it('are called by the end of their path', () => {
    expect(nameOf('event.payload.severity')).toBe('severity');
    expect(nameOf('event.meta.headers["X-GitHub-Event"]')).toBe('X-GitHub-Event');
  });

  it('narrow a condition and take the place of a text', () => {
    expect(narrowed(undefined, 'event.a == 1')).toBe('event.a == 1');
    expect(narrowed('some text', 'event.a == 1')).toBe('event.a == 1');
    expect(narrowed('event.b == 2', 'event.a == 1')).toBe('event.b == 2 and event.a == 1');
    expect(narrowed('event.a == 1', 'event.a == 1')).toBe('event.a == 1');
  });

  it('are left the way they were entered', () => {
    expect(widened('event.a == 1', 'event.a == 1')).toBeUndefined();
    expect(widened('event.a == 1 and event.b == 2', 'event.a == 1')).toBe('event.b == 2');
    expect(widened('event.b == 2 and event.a == 1', 'event.a == 1')).toBe('event.b == 2');
  });
});
