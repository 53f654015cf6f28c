import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { visible } from '@/shared/format/harmless';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { Icon } from '@/shared/ui/Icon';
import { Json } from '@/shared/ui/Json';
import { Attempts, Output } from '@/shared/ui/Run';
import { Status } from '@/shared/ui/Status';
import type { Action } from './decision';
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
        {action.message && <p className={css.reason}>{visible(action.message)}</p>}
        {action.state === 'dead_letter' && action.task_id && <Retry task={action.task_id} />}
        {Object.keys(action.arguments).length > 0 && (
          <details open>
            <summary>{words.arguments}</summary>
            <Json value={action.arguments} label={words.arguments} open={2} />
          </details>
        )}
        <Attempts attempts={action.attempts} />
        <Output run={action} />
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
