import { describe, expect, it } from 'vitest';
import { countedSince, countersChannel, ratesOf, sourceKey, type CounterRow } from './counters';
import { layoutOf } from './graph';
import { hitsOf, ruleKey } from './matches';
import { LARGEST, modelOf } from './model';
import { TEMPLATES } from './templates';

const TEXT = `- name: Set
  hosts: all
  sources:
    - name: alerts
      ansible.eda.webhook:
        port: 5000
  rules:
    - name: One
      condition: event.a == 1
      action:
        run_playbook:
          name: fix.yml
    - name: Two
      enabled: false
      condition:
        all:
          - event.a == 1
          - event.b == 2
      actions:
        - debug:
        - none:
`;

describe('the model of a rulebook', () => {
  it('has sources, rules and actions with their places', () => {
    const [ruleset] = modelOf(TEXT) ?? [];
    expect(ruleset).toMatchObject({
      name: 'Set',
      sources: [{ name: 'alerts', plugin: 'ansible.eda.webhook' }],
    });
    expect(ruleset?.rules.map((rule) => rule.name)).toEqual(['One', 'Two']);
    expect(ruleset?.rules[0]?.actions).toMatchObject([{ kind: 'run_playbook', target: 'fix.yml' }]);
    expect(ruleset?.rules[1]).toMatchObject({
      enabled: false,
      condition: 'all: event.a == 1 · event.b == 2',
    });
    expect(TEXT.slice(ruleset?.rules[1]?.at)).toMatch(/^name: Two/);
  });

  it('is none of a text that is no YAML, or too large to draw', () => {
    expect(modelOf('- name: [')).toBeUndefined();
    expect(modelOf(' '.repeat(LARGEST + 1))).toBeUndefined();
    expect(modelOf('just text')).toEqual([]);
  });

  it('of every template has a rule with an action', () => {
    for (const { rulesets } of TEMPLATES) {
      expect(modelOf(rulesets)?.[0]?.rules[0]?.actions).toHaveLength(1);
    }
  });
});

describe('how often a rule matched', () => {
  const matches = new Map([[ruleKey('Set', 'One'), { matches: 1204, failed: 2 }]]);

  it('stands at the rule', () => {
    const model = modelOf(TEXT) ?? [];
    const [hit, ...others] = hitsOf(model, matches);
    expect(others).toEqual([]);
    expect(hit).toMatchObject({ at: model[0]?.rules[0]?.at, count: '1,204' });
    expect(hit?.rest).toContain('2 failed');
  });

  it('stands on the graph, which keeps the order of the text', () => {
    const { nodes, edges } = layoutOf(
      modelOf(TEXT) ?? [],
      matches,
      new Map([[sourceKey('Set', 'alerts'), 12]]),
    );
    const rules = nodes.filter((node) => node.data.kind === 'rule');
    expect(rules.map((node) => node.data.title)).toEqual(['One', 'Two']);
    expect(rules[0]?.data.figure).toBe('1,204');
    expect(rules[0]?.position.y).toBeLessThan(rules[1]?.position.y ?? 0);
    expect(edges).toHaveLength(5);
    expect(nodes.find((node) => node.data.kind === 'source')?.data.figure).toBe('12/s');
  });
});

describe('what the socket counts', () => {
  const row = (second: number, kind: string, name: string, count: number): CounterRow => ({
    at: new Date(second * 1000).toISOString(),
    rulebook_id: 7,
    kind,
    ruleset: 'Set',
    name,
    count,
  });
  const rows = [row(10, 'rule', 'One', 3), row(20, 'rule', 'One', 4), row(20, 'source', 'alerts', 50)];

  it('is added to what the server counted before, and nothing twice', () => {
    expect(countedSince(rows, 15_000).get(ruleKey('Set', 'One'))).toBe(4);
    expect(countedSince(rows, 0).get(ruleKey('Set', 'One'))).toBe(7);
    expect(countedSince(rows, 20_000).size).toBe(0);
  });

  it('says what a source brings now, and nothing of what it brought', () => {
    expect(ratesOf(rows, 21_000).get(sourceKey('Set', 'alerts'))).toBe(10);
    expect(ratesOf(rows, 26_000).size).toBe(0);
  });

  it('is forgotten after some minutes', () => {
    const channel = countersChannel(7);
    const frame = (data: CounterRow[], kind: 'snap' | 'delta') => ({ kind, data }) as never;
    const state = channel.apply(
      channel.apply([], frame(rows, 'snap')),
      frame([row(195, 'rule', 'One', 1)], 'delta'),
    );
    expect(state.map((one) => one.count)).toEqual([4, 50, 1]);
  });
});
