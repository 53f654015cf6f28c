import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ProblemError } from '@/api/problem';
import { visible } from '@/shared/format/harmless';
import { duration } from '@/shared/format/number';
import { activationsQuery } from '@/shared/queries';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Copyable } from '@/shared/ui/Code';
import { Json } from '@/shared/ui/Json';
import { Loaded, Note } from '@/shared/ui/List';
import { Facts, Panel, Section } from '@/shared/ui/Panel';
import { Attempts, Output } from '@/shared/ui/Run';
import { Status } from '@/shared/ui/Status';
import { Moment } from '@/shared/ui/Time';
import css from './Actions.module.css';
import { targetOf, type Task } from './actions';
import { Next } from './Next';
import { Operations } from './Operations';
import { runQuery, taskQuery } from './queries';

const words = text.actions;

/** One task: what it does, why, how it went, and what can be done about it. */
export function TaskPanel({ id, onOpen }: { id: string; onOpen(id: string | undefined): void }) {
  const query = useQuery(taskQuery(id));
  const task = query.data;
  const target = task && targetOf(task);
  return (
    <Panel
      label={words.one}
      above={task && <State task={task} />}
      title={
        task ? (
          <>
            {task.action} {target && <bdi className={css.target}>{visible(target)}</bdi>}
          </>
        ) : (
          words.one
        )
      }
      tools={task && <Operations task={task} onReplaced={onOpen} />}
      onClose={() => onOpen(undefined)}
    >
      {query.error instanceof ProblemError && query.error.status === 404 ? (
        <Note icon="bolt" title={words.gone} compact>
          <p>{query.error.message}</p>
        </Note>
      ) : (
        <Loaded query={query}>{(found) => <Content task={found} onOpen={onOpen} />}</Loaded>
      )}
    </Panel>
  );
}

/** A running task that was cancelled goes on until its attempt has stopped. */
function State({ task }: { task: Task }) {
  return <Status state={task.state} kind="action" {...(task.cancelling && { label: words.cancelling })} />;
}

function Content({ task, onOpen }: { task: Task; onOpen(id: string): void }) {
  const other = (id: string) => (
    <Button small onClick={() => onOpen(id)}>
      {words.open}
    </Button>
  );
  const run = useQuery(runQuery(task.id));
  const activations = useQuery(activationsQuery());
  const activation = activations.data?.results.find((one) => one.id === task.activation_id);
  return (
    <>
      {task.message && <p className={css.reason}>{visible(task.message)}</p>}
      <Facts
        rows={[
          [
            words.why,
            <Link key="why" to={`/decisions/${task.decision_id}`}>
              <bdi>{visible(words.decisionOf(task.rule))}</bdi>
            </Link>,
          ],
          [
            words.activation,
            <Link key="activation" to={`/activations/${task.activation_id}`}>
              <bdi>{visible(activation?.name ?? words.activationNumber(task.activation_id))}</bdi>
            </Link>,
          ],
          [words.made, <Moment key="made" at={task.created_at} />],
          [task.ended_at ? words.ended : words.next, <Next key="next" task={task} />],
          [words.attempt, words.attemptOf(task.attempt, task.attempts)],
          [words.retries, retriesOf(task)],
          [words.timeout, duration(task.timeout_seconds * 1000)],
          [
            words.lock,
            task.lock_key ? (
              <code key="lock" className="mono">
                {visible(task.lock_key)}
              </code>
            ) : (
              text.none
            ),
          ],
          [
            words.queue,
            <code key="queue" className="mono">
              {visible(task.queue)}
            </code>,
          ],
          ...(task.version !== null ? [[words.decidedAgain, words.byVersion(task.version)] as const] : []),
          ...(task.replaces ? [[words.replaces, other(task.replaces)] as const] : []),
          ...(task.replaced_by ? [[words.replacedBy, other(task.replaced_by)] as const] : []),
          [words.key, <Copyable key="key" value={task.idempotency_key} label={words.key} />],
        ]}
      />
      <Section title={words.arguments}>
        <Json value={task.arguments} label={words.arguments} open={2} />
      </Section>
      <Loaded query={run}>
        {(how) => (
          <>
            <Attempts attempts={how.attempts} />
            <Output run={how} />
            {Object.keys(how.result).length > 0 && (
              <Section title={words.result}>
                <Json value={how.result} label={words.result} open={2} />
              </Section>
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

/** The retry policy as a sentence. */
function retriesOf({ retry }: Task): string {
  if (retry.attempts <= 1) return words.noRetries;
  return words.retryPolicy(
    retry.attempts,
    duration(retry.first_seconds * 1000),
    retry.factor,
    duration(retry.longest_seconds * 1000),
  );
}
