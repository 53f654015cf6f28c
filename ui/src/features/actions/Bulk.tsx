import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Icon } from '@/shared/ui/Icon';
import css from './Actions.module.css';
import { ICONS, inTurn, operationsOf, type Operation, type Task } from './actions';
import { Dialog } from './Dialog';
import { operate } from './queries';

const words = text.actions.bulk;

interface Props {
  chosen: readonly Task[];
  onClear(): void;
}

/** What may be done with all chosen tasks at once; each is done by itself, and refusals are counted. */
export function Bulk({ chosen, onClear }: Props) {
  const allowed = may(useUser(), 'operate:task');
  const [asked, setAsked] = useState<Operation>();
  const offered = (['retry', 'again', 'drop', 'cancel'] as const).filter((one) =>
    chosen.some((task) => operationsOf(task).includes(one)),
  );
  if (chosen.length === 0) return null;
  return (
    <div className={css.bulk} role="toolbar" aria-label={words.label}>
      <b className="num">{words.chosen(chosen.length)}</b>
      {offered.map((operation) => (
        <Button
          small
          key={operation}
          disabled={!allowed}
          title={allowed ? undefined : text.actions.needsOperator}
          onClick={() => setAsked(operation)}
        >
          <Icon name={ICONS[operation]} size={12} />
          {words[operation](able(chosen, operation).length)}
        </Button>
      ))}
      <Button small onClick={onClear}>
        {words.clear}
      </Button>
      {asked && (
        <Confirm
          operation={asked}
          tasks={able(chosen, asked)}
          onEnd={() => {
            setAsked(undefined);
            onClear();
          }}
          onNo={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}

function able(chosen: readonly Task[], operation: Operation): readonly Task[] {
  return chosen.filter((task) => operationsOf(task).includes(operation));
}

interface ConfirmProps {
  operation: Operation;
  tasks: readonly Task[];
  onEnd(): void;
  onNo(): void;
}

function Confirm({ operation, tasks, onEnd, onNo }: ConfirmProps) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: () => inTurn(tasks, (task) => operate(operation, task.id)),
    onSuccess: ({ done, refused }) => {
      notifications.show({
        message: words.done(done, refused.length),
        color: refused.length ? 'red' : 'green',
      });
      onEnd();
      return client.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
  return (
    <Dialog title={words.ask[operation](tasks.length)} hint={text.actions.confirmHint[operation]} onNo={onNo}>
      <Button primary data-autofocus disabled={change.isPending} onClick={() => change.mutate()}>
        {words[operation](tasks.length)}
      </Button>
    </Dialog>
  );
}
