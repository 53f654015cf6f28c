import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { absolute, millis } from '@/shared/format/time';
import { visible } from '@/shared/format/harmless';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { Copyable } from '@/shared/ui/Code';
import { useNow } from '@/shared/ui/useNow';
import detail from '@/shared/ui/Detail.module.css';
import { change, remove, rotate, type EventStream } from './queries';
import { numberOf } from './streams';
import css from './Streams.module.css';

const words = text.streams.settings;
const HOUR = 3600;

/** What can be changed of a stream: limits, secret, name, whether it takes events. */
export function SettingsTab({ stream }: { stream: EventStream }) {
  const allowed = may(useUser(), 'write:event_stream');
  return (
    <fieldset className={css.settings} disabled={!allowed}>
      {!allowed && <p className={css.note}>{text.streams.needsOperator}</p>}
      <SecretCard stream={stream} />
      <LimitsCard stream={stream} />
      <NameCard stream={stream} />
      <DeleteCard stream={stream} />
    </fieldset>
  );
}

/** A change of a stream; says whether it worked and reads everything about streams again. */
function useChange<T, R>(work: (input: T) => Promise<R>, done: string, failed: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: work,
    onSuccess: () => {
      if (done) notifications.show({ message: done, color: 'green' });
      return client.invalidateQueries({ queryKey: ['event-streams'] });
    },
    onError: (problem) => notifications.show({ title: failed, message: problem.message, color: 'red' }),
  });
}

function SecretCard({ stream }: { stream: EventStream }) {
  const [grace, setGrace] = useState(HOUR);
  const mutation = useChange((seconds: number) => rotate(stream.id, seconds), '', words.notRotated);
  const fresh = mutation.data?.generated_secret;
  const now = useNow();
  return (
    <Card title={words.secret}>
      <div className={detail.body}>
        <p className="dim">{words.secretHint}</p>
        {stream.previous_good_until !== null && millis(stream.previous_good_until) > now && (
          <p>{words.previousGood(absolute(millis(stream.previous_good_until)))}</p>
        )}
        {fresh && (
          <dl className={detail.facts} role="status">
            <dt>{words.rotated}</dt>
            <dd className="ell" data-secret>
              <Copyable value={fresh} label={words.rotated.toLowerCase()} />
            </dd>
          </dl>
        )}
        {fresh && <p className="dim">{text.streams.wizard.secretOnce}</p>}
        <div className={css.row}>
          <label className={css.field}>
            <span>{words.grace}</span>
            <select
              className={css.input}
              value={grace}
              onChange={(event) => setGrace(Number(event.target.value))}
            >
              {Object.entries(words.graces).map(([seconds, label]) => (
                <option key={seconds} value={seconds}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <Button disabled={mutation.isPending} onClick={() => mutation.mutate(grace)}>
            {words.rotate}
          </Button>
        </div>
      </div>
    </Card>
  );
}

const LIMITS = [
  ['events_per_second', words.perSecond],
  ['burst', words.burst],
  ['max_body_bytes', words.bodyBytes],
] as const;

function LimitsCard({ stream }: { stream: EventStream }) {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const valueOf = (key: (typeof LIMITS)[number][0]) => typed[key] ?? String(stream.limits[key] ?? '');
  const mutation = useChange(
    () =>
      change(stream.id, {
        limits: Object.fromEntries(LIMITS.map(([key]) => [key, numberOf(valueOf(key))])),
      }),
    words.saved,
    words.notSaved,
  );
  return (
    <Card title={words.limits}>
      <Form onSubmit={() => mutation.mutate(undefined, { onSuccess: () => setTyped({}) })}>
        <p className="dim">{words.limitsHint}</p>
        {LIMITS.map(([key, label]) => (
          <label key={key} className={css.field}>
            <span>{label}</span>
            <input
              className={css.input}
              inputMode="numeric"
              pattern="[0-9, ]*"
              value={valueOf(key)}
              onChange={(event) => setTyped({ ...typed, [key]: event.target.value })}
            />
          </label>
        ))}
        <Button type="submit" disabled={mutation.isPending || Object.keys(typed).length === 0}>
          {words.save}
        </Button>
      </Form>
    </Card>
  );
}

function Form({ onSubmit, children }: { onSubmit(): void; children: ReactNode }) {
  return (
    <form
      className={`${detail.body} ${css.form}`}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}

function NameCard({ stream }: { stream: EventStream }) {
  const [name, setName] = useState(stream.name);
  const rename = useChange(() => change(stream.id, { name: name.trim() }), words.done, words.failed);
  const turn = useChange(() => change(stream.id, { enabled: !stream.enabled }), words.done, words.failed);
  return (
    <Card title={words.name}>
      <Form onSubmit={() => rename.mutate(undefined)}>
        <label className={css.field}>
          <span>{words.name}</span>
          <input
            className={css.input}
            value={name}
            maxLength={255}
            required
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <div className={css.row}>
          <Button
            type="submit"
            disabled={rename.isPending || name.trim() === '' || name.trim() === stream.name}
          >
            {words.rename}
          </Button>
          <Button disabled={turn.isPending} onClick={() => turn.mutate(undefined)}>
            {stream.enabled ? words.disable : words.enable}
          </Button>
        </div>
        <p className="dim">{words.disableHint}</p>
      </Form>
    </Card>
  );
}

function DeleteCard({ stream }: { stream: EventStream }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const mutation = useChange(() => remove(stream.id), words.removed(stream.name), words.notRemoved);
  return (
    <Card title={words.remove}>
      <Form
        onSubmit={() =>
          mutation.mutate(undefined, { onSuccess: () => void navigate({ to: '/event-streams' } as never) })
        }
      >
        <p className="dim">{words.removeHint}</p>
        <label className={css.field}>
          <bdi>{words.typeName(visible(stream.name))}</bdi>
          <input
            className={css.input}
            value={typed}
            autoComplete="off"
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <Button type="submit" disabled={mutation.isPending || typed !== stream.name}>
          {words.remove}
        </Button>
      </Form>
    </Card>
  );
}
