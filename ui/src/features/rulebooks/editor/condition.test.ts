import { describe, expect, it } from 'vitest';
import { completeCondition, completeField, openTemplate } from './condition';
import { nearestPath, treeOf } from './fields';
import { problemOf, rangeOf, unknownFields } from './findings';
import { linesOf } from './lines';

const events = treeOf([
  { path: 'event.payload', types: ['object'], share: 1, samples: [] },
  { path: 'event.payload.status', types: ['string'], share: 0.9, samples: ['firing', 'resolved'] },
  { path: 'event.payload.labels.severity', types: ['string'], share: 0.5, samples: ['critical'] },
  { path: 'event.payload.items[0].id', types: ['integer'], share: 0.2, samples: [7] },
  { path: 'event.payload["a b"]', types: ['string'], share: 0.1, samples: ['x'] },
]);
const labels = (before: string, bindings: string[] = []) =>
  completeCondition(before, events, bindings).options.map((one) => one.label);

describe('in a condition', () => {
  it('begins with events, and those that have a name', () => {
    expect(labels('', ['first'])).toEqual(['event', 'events.first', 'fact', 'not', 'vars']);
    expect(labels('event.a == 1 and ')).toContain('event');
  });

  it('goes on with fields that were recorded, the frequent first', () => {
    expect(labels('event.payload.')).toEqual(['status', 'labels', 'items', 'a b']);
    expect(labels('event.payload.labels.')).toEqual(['severity']);
    expect(labels('events.first.payload.st', ['first'])).toContain('status');
    expect(labels('event.payload.items[0].')).toEqual(['id']);
  });

  it('shows a sample and how it is written', () => {
    const [status] = completeCondition('event.payload.', events).options;
    expect(status?.detail).toBe('string · "firing"');
    const odd = completeCondition('event.payload.', events).options.at(-1);
    expect(odd?.insert).toBe('["a b"]');
  });

  it('goes on with an operator after a field', () => {
    expect(labels('event.payload.status ')).toEqual(expect.arrayContaining(['==', 'is defined', 'in']));
  });

  it('goes on with values that were seen after a comparison', () => {
    expect(labels('event.payload.status == ')).toEqual(['"firing"', '"resolved"']);
    expect(completeCondition('event.payload.status == "fi', events).typed).toBe(3);
  });

  it('goes on with and, or after a value', () => {
    expect(labels('event.payload.status == "firing" ')).toEqual(['and', 'or']);
  });

  it('knows nothing of fields that nobody saw', () => {
    expect(labels('event.nothing.')).toEqual([]);
  });
});

describe('a template', () => {
  it('is open until its braces close', () => {
    expect(openTemplate('a {{ event.pay')).toBe(' event.pay');
    expect(openTemplate('a {{ event }} b')).toBeUndefined();
    expect(completeField(' event.payload.st', events).options.map((one) => one.label)).toContain('status');
  });
});

describe('a path that no event has', () => {
  it('is told with the nearest that one has', () => {
    expect(nearestPath(events, 'event.payload.lables.severity')).toBe('event.payload.labels.severity');
    expect(nearestPath(events, 'event.payload.status')).toBeUndefined();
    expect(nearestPath(events, 'event.payload.something_else')).toBeUndefined();
    const text = 'condition: event.payload.staus == 1 # event.payload.staus';
    const [problem] = unknownFields(linesOf(text), events, (path, right) => `${path} ${right}`);
    expect(problem).toMatchObject({ from: 11, to: 30, fix: 'event.payload.status' });
  });
});

describe('a finding of the server', () => {
  const finding = {
    severity: 'error',
    code: 'x',
    line: 1,
    column: 3,
    end_line: 1,
    end_column: 5,
    message: 'there is no such thing',
    nearest: null,
  };

  it('counts from 0, in the units of the editor', () => {
    const problem = problemOf(finding, linesOf('😀bcdef'));
    expect(problem).toMatchObject({ line: 0, from: 3, to: 5, message: 'There is no such thing.' });
  });

  it('beyond the end stays inside', () => {
    expect(problemOf({ ...finding, line: 9, end_line: 9 }, linesOf('a\nb'))).toMatchObject({
      line: 1,
      to: 1,
    });
  });

  it('adds a key that is missing before what stands there', () => {
    const lines = linesOf('- name: Set\n  rules:\n    - name: One\n      action:');
    const problem = problemOf(
      { ...finding, line: 3, column: 7, end_line: 4, end_column: 14, message: 'a rule needs "condition"' },
      lines,
    );
    expect(problem.adds).toBe('condition');
    expect(problem.fix).toBe('condition: event.payload is defined\n      ');
    expect(rangeOf(problem)).toEqual({ line: 2, from: 6, endLine: 2, to: 6 });
    expect(
      problemOf({ ...finding, message: 'a rule needs "condition"' }, linesOf('{a: 1}')).adds,
    ).toBeUndefined();
  });
});
