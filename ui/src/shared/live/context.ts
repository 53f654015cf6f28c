import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import type { Channel, LiveStatus, LiveStore } from './store';

export const LiveContext = createContext<LiveStore | null>(null);

export function useLiveStore(): LiveStore {
  const store = use(LiveContext);
  if (!store) throw new Error('no live store above this component');
  return store;
}

/** Subscribes to a channel while the component is shown. The channel must keep its identity between renders. */
export function useLive<T>(channel: Channel<T>): T {
  const store = useLiveStore();
  const subscribe = useCallback((listener: () => void) => store.use(channel, listener), [store, channel]);
  return useSyncExternalStore(subscribe, () => store.read(channel));
}

export function useLiveStatus(): LiveStatus {
  const store = useLiveStore();
  return useSyncExternalStore(store.onStatus, store.status);
}
