import { useEffect, useMemo, useRef } from 'react';
import type { components } from '@/api/schema';
import { printed, visible } from '@/shared/format/harmless';
import { bytes, duration } from '@/shared/format/number';
import { millis } from '@/shared/format/time';
import { outputChannel } from '@/shared/live/channels';
import { useLive } from '@/shared/live/context';
import { text } from '@/shared/text/en';
import css from './Run.module.css';
import { Status } from './Status';
import { Moment } from './Time';

const words = text.decisions;

type Run = components['schemas']['DecisionAction'];
type Attempt = components['schemas']['Attempt'];

/** Whether anything of it can still change. */
function isOpen(run: Run): boolean {
  return run.state === 'waiting' || run.state === 'queued' || run.state === 'running';
}

/** How often an action was tried, when, by whom, and why it failed. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  if (attempts.length === 0) return null;
  return (
    <div>
      <h3 className={css.title}>{words.attempts}</h3>
      <ol className={css.attempts}>
        {attempts.map((attempt) => (
          <li key={attempt.number}>
            <Status state={attempt.outcome} kind="action" />
            <span>{words.attempt(attempt.number)}</span>
            <span className="dim">
              <Moment at={attempt.started_at} />
            </span>
            <span className="num dim">
              {attempt.ended_at ? duration(millis(attempt.ended_at) - millis(attempt.started_at)) : ''}
            </span>
            <span className="dimmer ell">{words.worker(attempt.worker)}</span>
            {attempt.message && <bdi className={css.why}>{visible(attempt.message)}</bdi>}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** What the last attempt printed; while it runs, as it prints. */
export function Output({ run }: { run: Run }) {
  if (run.task_id && isOpen(run)) return <LiveOutput task={run.task_id} before={run.output} />;
  if (!run.output) return null;
  return (
    <div>
      <h3 className={css.title}>{words.output}</h3>
      <Terminal value={run.output} />
      {!run.output_complete && <p className="dimmer">{words.outputMore(bytes(run.output_size))}</p>}
    </div>
  );
}

function LiveOutput({ task, before }: { task: string; before: string }) {
  const channel = useMemo(() => outputChannel(task), [task]);
  const live = useLive(channel);
  const value = live.text || before;
  return (
    <div aria-busy="true">
      <h3 className={css.title}>
        {words.output} · {words.outputLive}
      </h3>
      {live.skipped > 0 && <p className="dimmer">{words.outputSkipped(bytes(live.skipped))}</p>}
      <Terminal value={value} follow />
    </div>
  );
}

/** Keeps to the end while it grows, unless the reader scrolled up. */
function Terminal({ value, follow }: { value: string; follow?: boolean }) {
  const box = useRef<HTMLPreElement>(null);
  const away = useRef(false);
  const shown = useMemo(() => printed(value), [value]);
  // Outside system: the scroll position.
  useEffect(() => {
    const element = box.current;
    if (follow && element && !away.current) element.scrollTop = element.scrollHeight;
  }, [shown, follow]);
  return (
    <pre
      ref={box}
      className={css.output}
      tabIndex={0}
      role="log"
      aria-label={words.output}
      aria-live="off"
      onScroll={(event) => {
        const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
        away.current = scrollHeight - scrollTop - clientHeight > 24;
      }}
    >
      <bdi>{shown}</bdi>
    </pre>
  );
}
