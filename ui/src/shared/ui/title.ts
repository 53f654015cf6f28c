import { useEffect, useSyncExternalStore } from 'react';
import { visible } from '@/shared/format/harmless';

let shown: string | undefined;
const listeners = new Set<() => void>();

function show(name: string | undefined): void {
  shown = name;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Names the object on the page for the bread crumbs and the window, as long as the page is there. */
export function useNamed(name: string): void {
  // Outside system: the shell around the page, and with it the window's title.
  useEffect(() => {
    show(visible(name));
    return () => show(undefined);
  }, [name]);
}

/** What the page said that it shows. */
export function useTitle(): string | undefined {
  return useSyncExternalStore(subscribe, () => shown);
}
