import { Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { age as ageOf, rate } from '@/shared/format/number';
import { statsChannel } from '@/shared/live/channels';
import { useLive, useLiveStatus, useLiveStore } from '@/shared/live/context';
import { text } from '@/shared/text/en';
import { Icon } from './Icon';
import css from './Shell.module.css';
import { useNow } from './useNow';

/** From this age on the figures are shown as old. */
const STALE_MILLIS = 10_000;

/** Whether live figures are trustworthy; says so with the connection's state and the event rate. */
export function ConnectionPill() {
  const store = useLiveStore();
  const { link, paused } = useLiveStatus();
  const tick = useLive(statsChannel).ticks.at(-1);
  const state = paused && link === 'live' ? 'paused' : link;
  const events = Object.values(tick?.events ?? {}).reduce((sum, count) => sum + count, 0);
  const hint = paused ? text.live.resume : text.live.pause;
  return (
    <Tooltip label={hint}>
      <button
        type="button"
        className={css.pill}
        data-state={state}
        aria-pressed={paused}
        onClick={() => store.pause(!paused)}
      >
        {text.live.state[state]}
        <span className="num">{text.live.rate(rate(events))}</span>
      </button>
    </Tooltip>
  );
}

/** Milliseconds since the server was last heard, once that is too long; otherwise 0. */
export function useStaleness(): number {
  const { link, heardAt } = useLiveStatus();
  const now = useNow();
  const age = now - heardAt;
  return link !== 'live' && age > STALE_MILLIS ? age : 0;
}

export function StaleBanner() {
  const age = useStaleness();
  if (age === 0) return null;
  return (
    <div className={css.stale} role="status">
      <Icon name="warn" size={14} />
      {text.live.stale(ageOf(age))}
    </div>
  );
}

export function usePauseKey(): void {
  const store = useLiveStore();
  useHotkeys([
    [
      'space',
      (event) => {
        // Space on a button presses it.
        if (event.target instanceof HTMLElement && event.target.closest('button, a, summary, [role=button]'))
          return;
        event.preventDefault();
        store.pause(!store.status().paused);
      },
      { preventDefault: false },
    ],
  ]);
}
