import type { Tick } from '@/shared/live/channels';
import type { Activation, Page, Task } from '@/shared/queries';

/** Something that waits for a person. */
export type Attention =
  | { readonly kind: 'activation'; readonly activation: Activation }
  /** A source of a running activation stumbles. */
  | { readonly kind: 'source'; readonly activation: Activation }
  | { readonly kind: 'relaxed' }
  /** A process that fell silent. */
  | { readonly kind: 'silent'; readonly process: string; readonly seconds: number }
  | { readonly kind: 'refused'; readonly count: number; readonly statuses: readonly string[] }
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'more'; readonly count: number };

const TROUBLE = new Set(['failed', 'error', 'diverged']);
/** Dead letters named one by one. */
const NAMED = 4;

interface Known {
  readonly deadLetters: Page<Task> | undefined;
  readonly activations: readonly Activation[];
  readonly relaxed: boolean;
  /** Of the window shown. */
  readonly ticks: readonly Tick[];
}

/** What may be the reason of the rest comes first. */
export function attentionOf({ deadLetters, activations, relaxed, ticks }: Known): Attention[] {
  const tasks = deadLetters?.results.slice(0, NAMED) ?? [];
  const more = (deadLetters?.count ?? 0) - tasks.length;
  return [
    ...activations
      .filter((activation) => TROUBLE.has(activation.status))
      .map((activation) => ({ kind: 'activation' as const, activation })),
    ...Object.entries(ticks.at(-1)?.silent ?? {}).map(([process, seconds]) => ({
      kind: 'silent' as const,
      process,
      seconds,
    })),
    ...activations
      .filter((activation) => activation.status === 'running' && activation.status_message !== '')
      .map((activation) => ({ kind: 'source' as const, activation })),
    ...(relaxed ? [{ kind: 'relaxed' as const }] : []),
    ...refusedOf(ticks),
    ...tasks.map((task) => ({ kind: 'task' as const, task })),
    ...(more > 0 ? [{ kind: 'more' as const, count: more }] : []),
  ];
}

function refusedOf(ticks: readonly Tick[]): Attention[] {
  const byStatus = new Map<string, number>();
  for (const tick of ticks) {
    for (const [status, count] of Object.entries(tick.refused))
      byStatus.set(status, (byStatus.get(status) ?? 0) + count);
  }
  const count = Math.round([...byStatus.values()].reduce((sum, one) => sum + one, 0));
  return count > 0 ? [{ kind: 'refused', count, statuses: [...byStatus.keys()].sort() }] : [];
}

/** What failed stands first, then what only starts; the rest keeps its order. */
export function worstFirst(activations: readonly Activation[]): readonly Activation[] {
  const rank = ({ status }: Activation) => (TROUBLE.has(status) ? 0 : status === 'running' ? 2 : 1);
  return [...activations].sort((a, b) => rank(a) - rank(b));
}
