import { brief, visible } from '@/shared/format/harmless';
import { fieldAt, stepsOf, type FieldNode } from './fields';
import type { Step } from './place';

export interface Option {
  readonly label: string;
  readonly insert: string;
  readonly detail: string;
  readonly kind: 'field' | 'group' | 'operator' | 'value' | 'word';
  /** Share of the events that have the field. */
  readonly share?: number;
}

export interface Options {
  /** How many characters before the cursor are replaced. */
  readonly typed: number;
  readonly options: readonly Option[];
}

/** What may follow a field, with what it asks. */
export const OPERATORS: readonly (readonly [string, string])[] = [
  ['== ', 'is equal'],
  ['!= ', 'is not equal'],
  ['> ', 'is greater'],
  ['>= ', 'is greater or equal'],
  ['< ', 'is less'],
  ['<= ', 'is less or equal'],
  ['in ', 'is one of a list'],
  ['not in ', 'is none of a list'],
  ['contains ', 'list has the value'],
  ['not contains ', 'list lacks the value'],
  ['is defined', 'field is there'],
  ['is not defined', 'field is missing'],
  ['is match("", ignorecase=true)', 'begins with'],
  ['is search("", ignorecase=true)', 'has the text'],
  ['is regex("", ignorecase=true)', 'regular expression'],
  ['is select("==", )', 'any item of the list'],
  ['is selectattr("", "==", )', 'any object of the list'],
];
const CONNECTIVES: readonly (readonly [string, string])[] = [
  ['and ', 'both'],
  ['or ', 'either'],
];
const PATH = /(?:^|[\s(,[])((?:events?|facts?|vars)(?:\.\w*|\[[^\]]*\])*)$/;
const OPERAND = /(?:events?|facts?|vars)(?:\.\w+|\[[^\]]*\])+\s+(\w*)$/;
const ENDED = /(?:"[^"]*"|'[^']*'|\b\d+(?:\.\d+)?|\btrue|\bfalse|\bnull|\bdefined|\)|\])\s+(\w*)$/;
const VALUE =
  /((?:events?|facts?)(?:\.\w+|\[[^\]]*\])+)\s*(?:==|!=|<=|>=|<|>|in \[|in|contains)\s*("?[^"]*)$/;

/** Whether a path of the rulebook holds a condition. */
export function isCondition(path: readonly Step[]): boolean {
  const [last, before] = [path.at(-1), path.at(-2)];
  if (last === 'condition') return true;
  return (
    last === -1 &&
    (before === 'all' || before === 'any' || before === 'not_all') &&
    path.at(-3) === 'condition'
  );
}

/** Whether it holds the path of a field by itself. */
export function isFieldPath(path: readonly Step[]): boolean {
  return path.at(-1) === -1 && path.at(-2) === 'group_by_attributes';
}

/** What stands after the last `{{` that is still open. */
export function openTemplate(before: string): string | undefined {
  const open = before.lastIndexOf('{{');
  return open >= 0 && before.indexOf('}}', open) < 0 ? before.slice(open + 2) : undefined;
}

/** Fields of events alone: in templates, and where a throttle groups. */
export function completeField(before: string, events: FieldNode, bindings: readonly string[] = []): Options {
  const path = PATH.exec(before)?.[1];
  if (path !== undefined && /[.[]/.test(path)) return fieldsAfter(path, events);
  const word = /\w*$/.exec(before)?.[0] ?? '';
  return { typed: word.length, options: rootsOf(bindings, false) };
}

/** What may stand next in a condition. */
export function completeCondition(
  before: string,
  events: FieldNode,
  bindings: readonly string[] = [],
): Options {
  const value = VALUE.exec(before);
  if (value?.[1] !== undefined && !/\.\w*$/.test(value[2] ?? '')) {
    const samples = samplesOf(value[1], value[2] ?? '', events);
    if (samples.options.length > 0) return samples;
  }
  const path = PATH.exec(before)?.[1];
  if (path !== undefined && /[.[]/.test(path)) return fieldsAfter(path, events);
  const operator = OPERAND.exec(before);
  if (operator) return wordsAs(operator[1] ?? '', [...OPERATORS, ...CONNECTIVES]);
  const ended = ENDED.exec(before);
  if (ended) return wordsAs(ended[1] ?? '', CONNECTIVES);
  const word = /\w*$/.exec(before)?.[0] ?? '';
  return { typed: word.length, options: rootsOf(bindings, true) };
}

function wordsAs(typed: string, words: readonly (readonly [string, string])[]): Options {
  return {
    typed: typed.length,
    options: words.map(([label, detail]) => ({
      label: label.trim(),
      insert: label,
      detail,
      kind: 'operator',
    })),
  };
}

function rootsOf(bindings: readonly string[], condition: boolean): readonly Option[] {
  const word = (label: string, detail: string): Option => ({
    label: label.trim(),
    insert: label,
    detail,
    kind: 'word',
  });
  return [
    word('event', 'the event'),
    ...bindings.map((binding) => word(`events.${binding}`, 'matched by the condition of this name')),
    ...(condition ? [word('fact', 'a fact'), word('not ', 'the opposite')] : []),
    word('vars', 'variables of the activation'),
  ];
}

function fieldsAfter(path: string, events: FieldNode): Options {
  const typed = /\w*$/.exec(path)?.[0] ?? '';
  const steps = stepsOf(path.slice(0, path.length - typed.length));
  // events.<name>.… is an event under the name of its condition.
  const inside = steps[0] === 'events' ? steps.slice(2) : steps.slice(1);
  if (steps[0] === 'vars' || steps[0]?.startsWith('fact')) return { typed: typed.length, options: [] };
  const node = fieldAt(events, inside);
  const options = [...node.children].map(([name, child]): Option => {
    const plain = /^[A-Za-z_]\w*$/.test(name);
    return {
      label: visible(name),
      insert: plain ? name : `["${name.replace(/["\\]/g, '\\$&')}"]`,
      detail: detailOf(child),
      kind: child.children.size > 0 ? 'group' : 'field',
      share: child.share,
    };
  });
  return { typed: typed.length, options: options.sort((a, b) => (b.share ?? 0) - (a.share ?? 0)) };
}

function detailOf(node: FieldNode): string {
  const types = node.types.join(' | ');
  const sample = node.samples[0];
  return sample === undefined ? types : `${types} · ${brief(sample, 32)}`;
}

/** Values that the field really had. */
function samplesOf(path: string, typed: string, events: FieldNode): Options {
  const steps = stepsOf(path);
  const node = fieldAt(events, steps[0] === 'events' ? steps.slice(2) : steps.slice(1));
  const share = (node.share * 100).toFixed(0);
  return {
    typed: typed.length,
    options: node.samples
      .filter((sample) => sample !== null && JSON.stringify(sample).length <= 80)
      .map((sample) => ({
        label: brief(sample, 60),
        insert: JSON.stringify(sample),
        detail: `seen · ${share} % of events have the field`,
        kind: 'value' as const,
      })),
  };
}
