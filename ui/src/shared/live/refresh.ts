import type { QueryClient } from '@tanstack/react-query';
import { objectsChannel } from './channels';
import type { Surroundings } from './connection';
import type { LiveStore } from './store';

/** Which queries show objects of a kind. */
const SHOWN_BY: Readonly<Record<string, readonly string[]>> = {
  activation: ['activations'],
  task: ['tasks', 'decisions'],
  decision: ['decisions', 'tasks', 'events'],
};

/** What changes all the time is read again at most this often. */
export const REFRESH_MILLIS = 2000;

/** Reads again what changed on the server, and everything after a gap. */
export function keepFresh(store: LiveStore, client: QueryClient, later: Surroundings['later']): () => void {
  const refresh = spaced(
    later,
    (key) => void client.invalidateQueries({ queryKey: [key] }, { cancelRefetch: false }),
  );
  let seen = store.read(objectsChannel);
  const stopGaps = store.onGap(() => void client.invalidateQueries());
  const stop = store.use(objectsChannel, () => {
    const now = store.read(objectsChannel);
    for (const key of keysOf(seen, now)) refresh(key);
    seen = now;
  });
  return () => {
    stopGaps();
    stop();
  };
}

type Counts = Readonly<Record<string, number>>;

export function keysOf(before: Counts, now: Counts): Set<string> {
  const changed = Object.keys(now).filter((kind) => now[kind] !== before[kind]);
  return new Set(changed.flatMap((kind) => SHOWN_BY[kind] ?? []));
}

/** Does the work of a key at once, then no sooner than after a pause; what is asked for meanwhile is done at its end. */
export function spaced(later: Surroundings['later'], work: (key: string) => void): (key: string) => void {
  const waiting = new Map<string, boolean>();
  const run = (key: string): void => {
    waiting.set(key, false);
    work(key);
    later(REFRESH_MILLIS, () => {
      const asked = waiting.get(key);
      waiting.delete(key);
      if (asked) run(key);
    });
  };
  return (key) => {
    if (waiting.has(key)) waiting.set(key, true);
    else run(key);
  };
}
