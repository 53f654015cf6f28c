import {
  Background,
  BackgroundVariant,
  Controls,
  Handle,
  Position,
  ReactFlow,
  type NodeProps,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useComputedColorScheme } from '@mantine/core';
import { memo, useMemo } from 'react';
import { visible } from '@/shared/format/harmless';
import { text } from '@/shared/text/en';
import { Icon } from '@/shared/ui/Icon';
import { Note } from '@/shared/ui/List';
import { layoutOf, type GraphNode } from './graph';
import css from './Graph.module.css';
import type { Matches } from './matches';
import type { RulesetModel } from './model';
import { useRates } from './useMatches';

const words = text.rulebooks.graph;
const ICONS = { source: 'stream', rule: 'decision', action: 'bolt' } as const;
const TYPES = { part: memo(Part) };

interface Props {
  rulebook: number;
  model: readonly RulesetModel[];
  matches: Matches;
  /** The rule in which the cursor is stands out. */
  cursor: number;
  onPick(at: number): void;
}

/** Sources, rules and actions in three columns, in the order of the text: the picture keeps still while it is written. */
export default function RuleGraph({ rulebook, model, matches, cursor, onPick }: Props) {
  const scheme = useComputedColorScheme('dark');
  const rates = useRates(rulebook);
  const { nodes, edges } = useMemo(() => layoutOf(model, matches, rates), [model, matches, rates]);
  const here = model
    .flatMap((ruleset) => ruleset.rules.map((rule) => rule.at))
    .findLast((at) => at <= cursor);
  const shown = useMemo(
    () => nodes.map((node) => ({ ...node, selected: node.data.kind === 'rule' && node.data.at === here })),
    [nodes, here],
  );
  if (nodes.length === 0) {
    return (
      <Note icon="rulebook" title={words.empty}>
        <p>{words.emptyHint}</p>
      </Note>
    );
  }
  return (
    <ReactFlow
      // Another number of parts is another picture: it is fitted again.
      key={nodes.length}
      className={css.graph ?? ''}
      nodes={shown}
      edges={edges}
      nodeTypes={TYPES}
      fitView
      fitViewOptions={{ padding: 0.04, maxZoom: 1 }}
      minZoom={0.15}
      maxZoom={1.6}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      onlyRenderVisibleElements
      colorMode={scheme}
      proOptions={{ hideAttribution: true }}
      onNodeClick={(_, node) => onPick(node.data.at)}
      aria-label={words.label}
    >
      <Background variant={BackgroundVariant.Dots} gap={18} size={1} color="var(--border)" />
      <Controls showInteractive={false} />
    </ReactFlow>
  );
}

function Part({ data, selected }: NodeProps<GraphNode>) {
  return (
    <div
      className={`${css.node} ${css[data.kind]}`}
      data-off={data.off || undefined}
      data-here={selected || undefined}
    >
      {data.kind !== 'source' && <Handle type="target" position={Position.Left} />}
      <div className={css.kind}>
        <Icon name={ICONS[data.kind]} size={12} />
        {words[data.kind]}
        <span className="num">{data.off ? words.off : data.figure}</span>
      </div>
      <div className={`${css.title} ell`}>
        <bdi>{visible(data.title)}</bdi>
      </div>
      {data.sub && (
        <div className={css.sub}>
          <bdi>{visible(data.sub)}</bdi>
        </div>
      )}
      {data.kind !== 'action' && <Handle type="source" position={Position.Right} />}
    </div>
  );
}
