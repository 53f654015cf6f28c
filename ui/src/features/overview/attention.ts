import type { Activation, Page, Task } from '@/shared/queries';

/** Something that waits for a person. */
export type Attention =
  | { readonly kind: 'activation'; readonly activation: Activation }
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'more'; readonly count: number };

const TROUBLE = new Set(['failed', 'error', 'diverged']);
/** Dead letters named one by one. */
const NAMED = 4;

/** Failing activations first: they may be why the rest is there. */
export function attentionOf(
  deadLetters: Page<Task> | undefined,
  activations: readonly Activation[],
): Attention[] {
  const tasks = deadLetters?.results.slice(0, NAMED) ?? [];
  const more = (deadLetters?.count ?? 0) - tasks.length;
  return [
    ...activations
      .filter((activation) => TROUBLE.has(activation.status))
      .map((activation) => ({ kind: 'activation' as const, activation })),
    ...tasks.map((task) => ({ kind: 'task' as const, task })),
    ...(more > 0 ? [{ kind: 'more' as const, count: more }] : []),
  ];
}
