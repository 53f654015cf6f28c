import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '@/api/problem';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Icon } from '@/shared/ui/Icon';
import { Json } from '@/shared/ui/Json';
import { useLetter } from '@/shared/ui/keys';
import css from './Actions.module.css';
import { argumentsOf, ICONS, operationsOf, sameJson, targetOf, type Operation, type Task } from './actions';
import { Dialog } from './Dialog';
import { insteadQuery, operate, replace } from './queries';

const words = text.actions;
const LETTERS = { retry: 'r', again: 'v', edit: 'e', drop: 'd', cancel: 'c' } as const;

interface Props {
  task: Task;
  /** A new task took the place of this one. */
  onReplaced(id: string): void;
}

/** What a person may do with a task; each asks before it does it. */
export function Operations({ task, onReplaced }: Props) {
  const allowed = may(useUser(), 'operate:task');
  const [asked, setAsked] = useState<Operation | 'edit'>();
  const plain = operationsOf(task);
  const offered = plain.flatMap((one) => (one === 'again' ? [one, 'edit' as const] : [one]));
  const ask = (operation: Operation | 'edit') => {
    if (allowed && offered.includes(operation)) setAsked(operation);
  };
  useLetter(LETTERS.retry, () => ask('retry'));
  useLetter(LETTERS.again, () => ask('again'));
  useLetter(LETTERS.edit, () => ask('edit'));
  useLetter(LETTERS.drop, () => ask('drop'));
  useLetter(LETTERS.cancel, () => ask('cancel'));
  if (offered.length === 0) return null;
  return (
    <>
      {offered.map((operation) => (
        <Button
          key={operation}
          primary={operation === 'retry'}
          disabled={!allowed}
          title={allowed ? words.byKey(LETTERS[operation]) : words.needsOperator}
          onClick={() => ask(operation)}
        >
          <Icon name={ICONS[operation]} size={13} />
          {words.operations[operation]}
        </Button>
      ))}
      {!allowed && <span className={css.refused}>{words.needsOperator}</span>}
      {asked === 'edit' ? (
        <Edit task={task} onDone={onReplaced} onNo={() => setAsked(undefined)} />
      ) : asked === 'again' ? (
        <Again task={task} onDone={onReplaced} onNo={() => setAsked(undefined)} />
      ) : (
        asked && <Confirm task={task} operation={asked} onEnd={() => setAsked(undefined)} />
      )}
    </>
  );
}

function tell(problem: Error, operation: Operation | 'edit') {
  notifications.show({ title: words.failed[operation], message: problem.message, color: 'red' });
}

/** Names the object and what happens to it; Enter does it, Escape does not. */
function Confirm({ task, operation, onEnd }: { task: Task; operation: Operation; onEnd(): void }) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: () => operate(operation, task.id),
    onSuccess: () => notifications.show({ message: words.done[operation], color: 'green' }),
    onError: (problem) => tell(problem, operation),
    onSettled: () => {
      onEnd();
      return client.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
  return (
    <Dialog
      title={words.confirm[operation](task.action, targetOf(task))}
      hint={words.confirmHint[operation]}
      onNo={onEnd}
    >
      <Button primary data-autofocus disabled={change.isPending} onClick={() => change.mutate()}>
        {words.operations[operation]}
      </Button>
    </Dialog>
  );
}

/** What the current version would do is shown before it is done. */
function Again({ task, onDone, onNo }: { task: Task; onDone(id: string): void; onNo(): void }) {
  const client = useQueryClient();
  const instead = useQuery(insteadQuery(task.id));
  const change = useMutation({
    mutationFn: () => operate('again', task.id),
    onSuccess: (made) => {
      notifications.show({ message: words.done.again, color: 'green' });
      onDone(made.id);
      return client.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
  const refused = instead.error ?? change.error;
  const found = instead.data;
  const same = found?.action === task.action && sameJson(found.arguments, task.arguments);
  return (
    <Dialog
      title={words.confirm.again(task.action, targetOf(task))}
      hint={words.confirmHint.again}
      onNo={onNo}
      wide
    >
      {refused && (
        <p className={css.reason} role="alert">
          {refused.message}
        </p>
      )}
      {found && (
        <>
          <p>
            <b>{words.again.decides(found.version, found.action)}</b> {same && words.again.same}
          </p>
          <Json value={found.arguments} label={words.again.label} open={2} />
        </>
      )}
      <Button primary data-autofocus disabled={!found || change.isPending} onClick={() => change.mutate()}>
        {found ? words.again.button(found.version) : words.operations.again}
      </Button>
    </Dialog>
  );
}

/** Other arguments for a dead letter. The server reads them as the action will, and says what is wrong. */
function Edit({ task, onDone, onNo }: { task: Task; onDone(id: string): void; onNo(): void }) {
  const client = useQueryClient();
  const [written, setWritten] = useState(() => JSON.stringify(task.arguments, null, 2));
  const read = argumentsOf(written);
  const wrong = typeof read === 'string' ? read || words.noObject : undefined;
  const change = useMutation({
    mutationFn: (args: Record<string, unknown>) => replace(task.id, args),
    onSuccess: (made) => {
      notifications.show({ message: words.done.edit, color: 'green' });
      onDone(made.id);
      return client.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
  const refused = change.error instanceof ProblemError ? change.error : undefined;
  const problems = refused
    ? refused.fields.length > 0
      ? refused.fields.map((field) => `${field.pointer} ${field.message}`)
      : [refused.message]
    : wrong
      ? [wrong]
      : [];
  const send = () => {
    if (typeof read !== 'string') change.mutate(read);
  };
  return (
    <Dialog title={words.editTitle(task.action)} hint={words.editHint} onNo={onNo} wide>
      <textarea
        data-autofocus
        className={css.arguments}
        aria-label={words.arguments}
        aria-invalid={problems.length > 0}
        spellCheck={false}
        rows={14}
        value={written}
        onChange={(event) => {
          setWritten(event.target.value);
          change.reset();
        }}
        onKeyDown={(event) => event.key === 'Enter' && (event.metaKey || event.ctrlKey) && send()}
      />
      {problems.map((problem) => (
        <p key={problem} className={css.reason} role="alert">
          {problem}
        </p>
      ))}
      <Button primary disabled={wrong !== undefined || change.isPending} onClick={send}>
        {words.operations.edit}
      </Button>
    </Dialog>
  );
}
