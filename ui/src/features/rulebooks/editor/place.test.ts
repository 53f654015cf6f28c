import { describe, expect, it } from 'vitest';
import { isCondition } from './condition';
import { linesOf } from './lines';
import { placeAt, valueAt } from './place';
import { SchemaIndex, type Schema } from './schema';

const string: Schema = { type: 'string' };
const SCHEMA: Schema = {
  type: 'array',
  items: { $ref: '#/$defs/ruleset' },
  $defs: {
    ruleset: {
      type: 'object',
      properties: {
        name: string,
        hosts: string,
        gather_facts: { type: 'boolean' },
        execution_strategy: { type: 'string', enum: ['sequential', 'parallel'] },
        sources: { type: 'array', items: { type: 'object' } },
        rules: { type: 'array', items: { $ref: '#/$defs/rule' } },
      },
      required: ['name', 'hosts', 'sources', 'rules'],
      additionalProperties: false,
    },
    rule: {
      oneOf: ['action', 'actions'].map((key) => ({
        type: 'object',
        properties: {
          name: string,
          condition: string,
          enabled: { type: 'boolean' },
          [key]:
            key === 'action'
              ? { $ref: '#/$defs/action' }
              : { type: 'array', items: { $ref: '#/$defs/action' } },
        },
        required: ['name', 'condition', key],
        additionalProperties: false,
      })),
    },
    action: {
      oneOf: [
        {
          type: 'object',
          properties: {
            debug: {
              type: 'object',
              description: 'Prints.',
              properties: { msg: string },
              additionalProperties: false,
            },
          },
          required: ['debug'],
          additionalProperties: false,
        },
        {
          type: 'object',
          properties: {
            run_playbook: {
              type: 'object',
              properties: { name: string, verbosity: { type: 'integer' } },
              required: ['name'],
              additionalProperties: false,
            },
          },
          required: ['run_playbook'],
          additionalProperties: false,
        },
      ],
    },
  },
};
const index = new SchemaIndex(SCHEMA);
const RULE = '- name: x\n  hosts: all\n  sources: []\n  rules:\n    - name: r1\n';

/** Where the bar stands. */
function cursorIn(marked: string) {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  return {
    lines: linesOf(marked.replace('|', '')),
    line: before.length - 1,
    column: before.at(-1)?.length ?? 0,
  };
}

function offered(marked: string): string[] {
  const { lines, line, column } = cursorIn(marked);
  const place = placeAt(lines, line, column);
  if (!place) return [];
  return index
    .suggest(place)
    .filter((one) => one.label.startsWith(place.prefix))
    .map((one) => one.label);
}

describe('what may be typed', () => {
  it('in an empty file is a ruleset', () => {
    expect(offered('|')).toEqual(expect.arrayContaining(['- name', '- hosts', '- rules']));
  });

  it('in a ruleset is what it has not got, the required first', () => {
    expect(offered('- name: x\n  |')).toEqual([
      'hosts',
      'sources',
      'rules',
      'gather_facts',
      'execution_strategy',
    ]);
  });

  it('counts keys below the cursor', () => {
    expect(offered('- name: x\n  |\n  hosts: all\n  rules: []')).not.toContain('hosts');
  });

  it('begins anew in the second ruleset', () => {
    expect(offered('- name: x\n  hosts: all\n- name: y\n  |')).toContain('hosts');
  });

  it('as a value is one of the words', () => {
    expect(offered('- name: x\n  execution_strategy: |')).toEqual(['sequential', 'parallel']);
    expect(offered('- name: x\n  gather_facts: |')).toEqual(['true', 'false']);
  });

  it('finishes a key', () => {
    expect(offered(`${RULE}      cond|`)).toEqual(['condition']);
  });

  it('is one action or a list of them, not both', () => {
    expect(offered(`${RULE}      condition: true\n      |\n      actions:\n        - debug:\n`)).toEqual([
      'enabled',
    ]);
  });

  it('names actions, in a mapping and in a list', () => {
    expect(offered(`${RULE}      condition: true\n      action:\n        |`)).toEqual([
      'debug',
      'run_playbook',
    ]);
    expect(offered(`${RULE}      condition: true\n      actions:\n        - |`)).toEqual([
      'debug',
      'run_playbook',
    ]);
  });

  it('names the arguments of this action only', () => {
    expect(
      offered(`${RULE}      condition: true\n      action:\n        run_playbook:\n          |`),
    ).toEqual(['name', 'verbosity']);
    expect(
      offered(
        `${RULE}      condition: true\n      actions:\n        - debug:\n        - run_playbook:\n            v|`,
      ),
    ).toEqual(['verbosity']);
  });

  it('is nothing beside the one action that is there', () => {
    expect(
      offered(`${RULE}      condition: true\n      action:\n        debug:\n          msg: a\n        |`),
    ).toEqual([]);
  });

  it('is nothing in a comment', () => {
    expect(offered('- name: x\n  # gath|')).toEqual([]);
  });

  it('is nothing in a block of text', () => {
    expect(
      offered(
        `${RULE}      action:\n        debug:\n          msg: |-\n            some|`.replace('|-', '>-'),
      ),
    ).toEqual([]);
  });

  it('is typed with the indentation of what belongs to it', () => {
    const { lines, line, column } = cursorIn(`${RULE}      |`);
    const place = placeAt(lines, line, column);
    const inserts = place && index.suggest(place).map((one) => one.insert);
    expect(inserts).toEqual(
      expect.arrayContaining(['condition: ', 'action:\n        ', 'actions:\n        - ']),
    );
  });

  it('is found in a long rulebook too', () => {
    const long =
      '- name: x\n  rules:\n' +
      '    - name: r\n      condition: true\n      action:\n        debug:\n'.repeat(5_000);
    expect(offered(`${long}    - name: last\n      |`)).toContain('condition');
  });
});

describe('help', () => {
  it('says what a key means', () => {
    expect(index.describe([-1, 'rules', -1, 'action', 'debug'])).toEqual({ type: 'object', info: 'Prints.' });
    expect(index.describe([-1, 'nothing'])).toBeUndefined();
  });
});

describe('a condition', () => {
  const pathOf = (marked: string) => {
    const { lines, line, column } = cursorIn(marked);
    return valueAt(lines, line, column);
  };

  it('is known by its path, in its middle and over several lines', () => {
    for (const written of ['event.a == 1 and |', '"event.a|"', '>-\n        event.a == |']) {
      expect(isCondition(pathOf(`${RULE}      condition: ${written}`)?.path ?? [])).toBe(true);
    }
    expect(
      isCondition(pathOf(`${RULE}      condition:\n        all:\n          - event.a == |`)?.path ?? []),
    ).toBe(true);
    expect(isCondition(pathOf(`${RULE}      name: |`)?.path ?? [])).toBe(false);
  });

  it('gives what is typed of it', () => {
    expect(pathOf(`${RULE}      condition:\n        any:\n          - event.payload.|`)?.before).toBe(
      'event.payload.',
    );
  });
});
