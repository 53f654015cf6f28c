import { describe, expect, it } from 'vitest';
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
    const { nodes, edges } = layoutOf(modelOf(TEXT) ?? [], matches);
    const rules = nodes.filter((node) => node.data.kind === 'rule');
    expect(rules.map((node) => node.data.title)).toEqual(['One', 'Two']);
    expect(rules[0]?.data.figure).toBe('1,204');
    expect(rules[0]?.position.y).toBeLessThan(rules[1]?.position.y ?? 0);
    expect(edges).toHaveLength(5);
  });
});
