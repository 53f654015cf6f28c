import { isMap, isScalar, isSeq, parseDocument, type Node, type Pair, type YAMLMap } from 'yaml';

export interface ActionModel {
  readonly kind: string;
  readonly target: string;
  readonly at: number;
}
export interface SourceModel {
  readonly name: string;
  readonly plugin: string;
  readonly at: number;
}
export interface RuleModel {
  readonly name: string;
  readonly condition: string;
  readonly enabled: boolean;
  readonly at: number;
  readonly actions: readonly ActionModel[];
}
export interface RulesetModel {
  readonly name: string;
  readonly at: number;
  readonly sources: readonly SourceModel[];
  readonly rules: readonly RuleModel[];
}

/** Beyond this the outline and the graph help nobody, and reading them at every key would be felt. */
export const LARGEST = 300_000;
const TARGETS = ['name', 'url', 'msg', 'ruleset', 'message'];
const SHORT = 90;

/** What is in a rulebook, with the offset of each part; `undefined` while the text is no YAML. */
export function modelOf(text: string): readonly RulesetModel[] | undefined {
  if (text.length > LARGEST) return undefined;
  const document = parseDocument(text, { version: '1.1', uniqueKeys: false, logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  if (!isSeq(document.contents)) return [];
  return mapsOf(document.contents.items).map(rulesetOf);
}

function rulesetOf(ruleset: YAMLMap): RulesetModel {
  return {
    name: textOf(ruleset.get('name')),
    at: offsetOf(ruleset),
    sources: items(ruleset, 'sources').map(sourceOf),
    rules: items(ruleset, 'rules').map(ruleOf),
  };
}

function sourceOf(source: YAMLMap): SourceModel {
  const plugin = source.items.map(keyOf).find((key) => key !== 'name' && key !== 'filters') ?? '';
  return { name: textOf(source.get('name')) || plugin, plugin, at: offsetOf(source) };
}

function ruleOf(rule: YAMLMap): RuleModel {
  const one = rule.get('action', true);
  const several = items(rule, 'actions');
  return {
    name: textOf(rule.get('name')),
    condition: conditionOf(rule.toJSON()['condition']),
    enabled: rule.get('enabled') !== false,
    at: offsetOf(rule),
    actions: [...(isMap(one) ? [one] : []), ...several].flatMap(actionsOf),
  };
}

function actionsOf(action: YAMLMap): ActionModel[] {
  return action.items.map((pair) => {
    const values = isMap(pair.value) ? pair.value : undefined;
    const target = TARGETS.map((key) => textOf(values?.get(key))).find(Boolean) ?? '';
    return { kind: keyOf(pair), target: target.slice(0, SHORT), at: offsetOf(pair.key) };
  });
}

function conditionOf(condition: unknown): string {
  if (typeof condition !== 'object' || condition === null) return String(condition ?? '').slice(0, SHORT);
  const words = Object.entries(condition).map(([key, value]) =>
    Array.isArray(value) ? `${key}: ${value.join(' · ')}` : `${key} ${String(value)}`,
  );
  return words.join(', ').slice(0, SHORT);
}

function items(map: YAMLMap, key: string): YAMLMap[] {
  const list = map.get(key, true);
  return isSeq(list) ? mapsOf(list.items) : [];
}

function mapsOf(nodes: readonly unknown[]): YAMLMap[] {
  return nodes.filter((node): node is YAMLMap => isMap(node));
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

function textOf(value: unknown): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value as string);
}

function offsetOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}
