import { useEffect, useEffectEvent, useState } from 'react';

const SEQUENCE_MILLIS = 900;

function typing(event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    event.metaKey ||
    event.ctrlKey ||
    event.altKey ||
    (target instanceof HTMLElement &&
      (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName)))
  );
}

/** `g`, then a page's letter. */
export function useGoto(find: (key: string) => string | undefined, go: (path: string) => void): void {
  const visit = useEffectEvent((key: string): boolean => {
    const path = find(key);
    if (path !== undefined) go(path);
    return path !== undefined;
  });
  // Outside system: the window's keys.
  useEffect(() => {
    let armed = Number.NEGATIVE_INFINITY;
    const pressed = (event: KeyboardEvent) => {
      if (typing(event)) return;
      if (event.key === 'g') {
        armed = event.timeStamp;
        return;
      }
      if (event.timeStamp - armed < SEQUENCE_MILLIS && visit(event.key)) event.preventDefault();
      armed = Number.NEGATIVE_INFINITY;
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}

/** `/` puts the cursor into the element with this id. */
export function useFocusKey(id: string): void {
  // Outside system: the window's keys.
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== '/' || typing(event)) return;
      event.preventDefault();
      document.getElementById(id)?.focus();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [id]);
}

/** `j` and `k` move through rows, `Enter` opens one. The active row is -1 until a key is pressed. */
export function useRows(count: number, open: (row: number) => void): number {
  const [active, setActive] = useState(-1);
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (typing(event)) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined && count > 0 && !inDialog(event)) {
      event.preventDefault();
      setActive(Math.max(0, Math.min(count - 1, active + step)));
    } else if (event.key === 'Enter' && active >= 0 && active < count && event.target === document.body) {
      open(active);
    }
  });
  // Outside system: the window's keys.
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => handle(event);
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
  return Math.min(active, count - 1);
}

/** One letter, outside of inputs and dialogs. */
export function useLetter(letter: string, act: () => void): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    // A letter after `g` has gone to a page.
    if (event.key !== letter || event.defaultPrevented || typing(event) || inDialog(event)) return;
    event.preventDefault();
    act();
  });
  // Outside system: the window's keys.
  useEffect(() => {
    const listener = (event: KeyboardEvent) => pressed(event);
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);
}

/**
 * `j` and `k` move through rows; while one is open the open one moves with them. `Enter` opens, `Escape` closes. Answers the
 * id of the row that the keys are at.
 */
export function useOpenRow(
  ids: readonly string[],
  open: string | undefined,
  onOpen: (id: string | undefined) => void,
): string | undefined {
  const [marked, setMarked] = useState<string>();
  const at = open ?? marked;
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (typing(event) || inDialog(event)) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined && ids.length > 0) {
      event.preventDefault();
      const now = at === undefined ? -1 : ids.indexOf(at);
      const next = ids[now < 0 ? 0 : Math.max(0, Math.min(ids.length - 1, now + step))];
      setMarked(next);
      if (open !== undefined) onOpen(next);
    } else if (event.key === 'Enter' && at !== undefined && event.target === document.body) {
      onOpen(at);
    } else if (event.key === 'Escape' && open !== undefined) {
      setMarked(open);
      onOpen(undefined);
    }
  });
  // Outside system: the window's keys.
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => handle(event);
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
  return at;
}

function inDialog(event: KeyboardEvent): boolean {
  return event.target instanceof HTMLElement && event.target.closest('[role=dialog]') !== null;
}
