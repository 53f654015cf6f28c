import type { Edge, Node } from '@xyflow/react';
import { integer, rate } from '@/shared/format/number';
import { text } from '@/shared/text/en';
import { sourceKey, type Rates } from './counters';
import { ruleKey, type Matches } from './matches';
import type { ActionModel, RuleModel, RulesetModel, SourceModel } from './model';

export interface PartData extends Record<string, unknown> {
  readonly kind: 'source' | 'rule' | 'action';
  readonly title: string;
  readonly sub: string;
  readonly figure: string;
  readonly off: boolean;
  /** Offset in the text. */
  readonly at: number;
}
export type GraphNode = Node<PartData, 'part'>;

const WIDTH = 208;
const GAP_X = 46;
const GAP_Y = 12;
const GAP_RULESETS = 26;
const SHORT = 50;
const WITH_SUB = 72;
const LONG = 88;
/** A condition of more characters takes two lines. */
const ONE_LINE = 27;
/** Lines from each source to each rule of a large ruleset are a blot, and slow. */
const MOST_LINES = 400;

/** Places everything in three columns. */
export function layoutOf(
  model: readonly RulesetModel[],
  matches: Matches,
  rates: Rates,
): { nodes: readonly GraphNode[]; edges: Edge[] } {
  const nodes: GraphNode[] = [];
  const edges: Edge[] = [];
  const put = (id: string, data: PartData, column: number, top: number, height: number) =>
    nodes.push({
      id,
      type: 'part',
      data,
      position: { x: column * (WIDTH + GAP_X), y: top },
      width: WIDTH,
      height,
      ariaLabel: `${text.rulebooks.graph[data.kind]} ${data.title}`,
    });
  const link = (from: string, to: string, live: boolean) =>
    edges.push({ id: `${from} ${to}`, source: from, target: to, ...(live && { className: 'live' }) });
  let y = 0;
  model.forEach((ruleset, i) => {
    const first = y;
    ruleset.rules.forEach((rule, k) => {
      const found = matches.get(ruleKey(ruleset.name, rule.name))?.matches ?? 0;
      const heights = rule.actions.map(heightOfAction);
      const actions = heights.reduce((sum, height) => sum + height + GAP_Y, -GAP_Y);
      const own = heightOfRule(rule);
      const height = Math.max(actions, own);
      const id = `r${i}.${k}`;
      const off = !rule.enabled;
      const data = {
        kind: 'rule' as const,
        title: rule.name,
        sub: rule.condition,
        figure: found ? integer(found) : '',
      };
      put(id, { ...data, off, at: rule.at }, 1, y + (height - own) / 2, own);
      let top = y + (height - actions) / 2;
      rule.actions.forEach((action, n) => {
        const part = { kind: 'action' as const, title: action.kind, sub: action.target, figure: '' };
        put(`a${i}.${k}.${n}`, { ...part, off, at: action.at }, 2, top, heights[n] ?? SHORT);
        link(id, `a${i}.${k}.${n}`, found > 0 && !off);
        top += (heights[n] ?? SHORT) + GAP_Y;
      });
      y += height + GAP_Y;
    });
    const all = ruleset.sources.length * (WITH_SUB + GAP_Y) - GAP_Y;
    let top = Math.max(first, first + (y - GAP_Y - first - all) / 2);
    const linked = ruleset.sources.length * ruleset.rules.length <= MOST_LINES;
    ruleset.sources.forEach((source, j) => {
      const brings = rateOf(rates, ruleset, source);
      const figure = brings ? text.rulebooks.graph.rate(rate(brings)) : '';
      const part = { kind: 'source' as const, title: source.name, sub: source.plugin, figure };
      put(`s${i}.${j}`, { ...part, off: false, at: source.at }, 0, top, WITH_SUB);
      top += WITH_SUB + GAP_Y;
      ruleset.rules.forEach((_, k) => linked && link(`s${i}.${j}`, `r${i}.${k}`, brings > 0));
    });
    y = Math.max(y, top) + GAP_RULESETS;
  });
  return { nodes, edges };
}

/** Sources that an activation runs itself for a ruleset are counted together: one alone is the one that brings. */
function rateOf(rates: Rates, ruleset: RulesetModel, source: SourceModel): number {
  const own = rates.get(sourceKey(ruleset.name, source.name));
  if (own !== undefined || ruleset.sources.length > 1) return own ?? 0;
  return rates.get(sourceKey(ruleset.name, '')) ?? 0;
}

function heightOfAction(action: ActionModel): number {
  return action.target ? WITH_SUB : SHORT;
}

function heightOfRule(rule: RuleModel): number {
  if (rule.condition.length > ONE_LINE) return LONG;
  return rule.condition ? WITH_SUB : SHORT;
}
