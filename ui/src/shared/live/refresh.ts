import type { QueryClient } from '@tanstack/react-query';
import { objectsChannel, type ObjectPatch } from './channels';
import type { LiveStore } from './store';

/** Which queries show objects of a kind. */
const SHOWN_BY: Readonly<Record<string, readonly string[]>> = {
  activation: ['activations'],
  task: ['tasks', 'decisions'],
  decision: ['decisions', 'tasks', 'events'],
};

/** Reads again what changed on the server, at most once per flush of the store, and everything after a gap. */
export function keepFresh(store: LiveStore, client: QueryClient): () => void {
  const stopGaps = store.onGap(() => void client.invalidateQueries());
  const stop = store.use(objectsChannel, () => {
    const patches = store.read(objectsChannel).patches;
    for (const key of keysOf(patches))
      void client.invalidateQueries({ queryKey: [key] }, { cancelRefetch: false });
  });
  return () => {
    stopGaps();
    stop();
  };
}

export function keysOf(patches: readonly ObjectPatch[]): Set<string> {
  return new Set(patches.flatMap((patch) => SHOWN_BY[patch.kind] ?? []));
}
