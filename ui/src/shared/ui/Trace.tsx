import type { components } from '@/api/schema';
import { brief, visible } from '@/shared/format/harmless';
import { text } from '@/shared/text/en';
import { Icon, type IconName } from './Icon';
import css from './Trace.module.css';

export type TraceNode = components['schemas']['ConditionNode'];

const MARKS: Readonly<Record<string, IconName>> = {
  true: 'check',
  false: 'x',
  undefined: 'help',
  open: 'minus',
};

/** A condition, each part with what it came to and the value that was found. */
export function Trace({ tree, label }: { tree: TraceNode; label: string }) {
  return (
    <ul className={css.trace} tabIndex={0} aria-label={label}>
      <Part node={tree} />
    </ul>
  );
}

function Part({ node }: { node: TraceNode }) {
  const verdict = node.verdict.toLowerCase();
  const hasActual = node.actual !== undefined && node.actual !== null;
  return (
    <li>
      <div className={`${css.part} ${css[verdict] ?? ''}`}>
        <Icon name={MARKS[verdict] ?? 'minus'} size={12} title={text.events.verdict[verdict] ?? verdict} />
        <bdi>{visible(node.text)}</bdi>
      </div>
      {(hasActual || node.note) && (
        <div className={css.actual}>
          {hasActual && (
            <>
              {text.events.is} <b>{brief(node.actual)}</b>
            </>
          )}
          {hasActual && node.note && ' · '}
          {visible(node.note)}
        </div>
      )}
      {node.parts.length > 0 && (
        <ul>
          {node.parts.map((part, i) => (
            <Part key={i} node={part} />
          ))}
        </ul>
      )}
    </li>
  );
}
