import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import { useEffect, useMemo, useRef } from 'react';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { bytes, duration } from '@/shared/format/number';
import { outputChannel } from '@/shared/live/channels';
import { useLive } from '@/shared/live/context';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { Icon } from '@/shared/ui/Icon';
import { Json } from '@/shared/ui/Json';
import { Status } from '@/shared/ui/Status';
import { attemptTime, isOpen, type Action } from './decision';
import css from './Decision.module.css';
import { retryTask } from './queries';

const words = text.decisions;

/** One action of the decision: arguments, attempts, what it printed. */
export function ActionCard({ action }: { action: Action }) {
  return (
    <Card
      title={action.name}
      label={words.actionLabel(action.index + 1, action.name)}
      sub={action.task_id ? undefined : words.own}
      right={<Status state={action.state} kind="action" />}
    >
      <div className={css.body}>
        {action.message && <p className={css.reason}>{action.message}</p>}
        {action.state === 'dead_letter' && action.task_id && <Retry task={action.task_id} />}
        {Object.keys(action.arguments).length > 0 && (
          <details open>
            <summary>{words.arguments}</summary>
            <Json value={action.arguments} label={words.arguments} open={2} />
          </details>
        )}
        {action.attempts.length > 0 && <Attempts action={action} />}
        {action.task_id && isOpen(action) ? (
          <LiveOutput task={action.task_id} before={action.output} />
        ) : (
          action.output && <Output action={action} />
        )}
        {Object.keys(action.result).length > 0 && (
          <details open>
            <summary>{words.result}</summary>
            <Json value={action.result} label={words.result} open={2} />
          </details>
        )}
      </div>
    </Card>
  );
}

function Retry({ task }: { task: string }) {
  const client = useQueryClient();
  const allowed = may(useUser(), 'operate:task');
  const retry = useMutation({
    mutationFn: () => retryTask(task),
    onSuccess: () => {
      notifications.show({ message: words.retried, color: 'green' });
      return client.invalidateQueries();
    },
    onError: (problem) =>
      notifications.show({ title: words.notRetried, message: problem.message, color: 'red' }),
  });
  return (
    <div>
      <Button
        primary
        disabled={!allowed || retry.isPending}
        title={allowed ? undefined : words.needsOperator}
        onClick={() => retry.mutate()}
      >
        <Icon name="retry" size={13} />
        {words.retry}
      </Button>
    </div>
  );
}

function Attempts({ action }: { action: Action }) {
  return (
    <div>
      <h3>{words.attempts}</h3>
      <ol className={css.attempts}>
        {action.attempts.map((attempt) => (
          <li key={attempt.number}>
            <Status state={attempt.outcome} kind="action" />
            <span>{words.attempt(attempt.number)}</span>
            <span className="dimmer">{words.worker(attempt.worker)}</span>
            <span className="num dim">{attempt.ended_at ? duration(attemptTime(attempt)) : ''}</span>
            {attempt.message && <span className={css.why}>{attempt.message}</span>}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Output({ action }: { action: Action }) {
  return (
    <div>
      <h3>{words.output}</h3>
      <Terminal value={action.output} />
      {!action.output_complete && <p className="dimmer">{words.outputMore(bytes(action.output_size))}</p>}
    </div>
  );
}

function LiveOutput({ task, before }: { task: string; before: string }) {
  const channel = useMemo(() => outputChannel(task), [task]);
  const live = useLive(channel);
  const value = live.text || before;
  return (
    <div aria-busy="true">
      <h3>
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
  // Outside system: the scroll position.
  useEffect(() => {
    const element = box.current;
    if (follow && element && !away.current) element.scrollTop = element.scrollHeight;
  }, [value, follow]);
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
      {value}
    </pre>
  );
}
