import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { useView } from '@/shared/search';
import { text } from '@/shared/text/en';
import { Button, ButtonLink } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { Copyable } from '@/shared/ui/Code';
import { Icon } from '@/shared/ui/Icon';
import { Note } from '@/shared/ui/List';
import detail from '@/shared/ui/Detail.module.css';
import { FirstEvent } from './FirstEvent';
import { create, type EventStream } from './queries';
import { FIRST_ANSWERS, ICONS, inputOf, SENDERS, senderOf, type Answers, type Sender } from './senders';
import { Setup } from './Setup';
import css from './Streams.module.css';

const words = text.streams.wizard;

/** From the question who sends to the first event. The secret is known here only, and only until the page is left. */
export default function WizardPage() {
  const allowed = may(useUser(), 'write:event_stream');
  const [view, setView] = useView((search) => ({ sender: senderOf(search['sender']) }));
  const [made, setMade] = useState<EventStream>();
  if (!allowed) {
    return (
      <div className="page">
        <Note icon="lock" title={text.problem.forbidden}>
          <p>{text.streams.needsOperator}</p>
        </Note>
      </div>
    );
  }
  return (
    <div className={`page ${css.wizard}`}>
      {made ? (
        <Made
          stream={made}
          onAnother={() => {
            setMade(undefined);
            setView({ sender: undefined });
          }}
        />
      ) : (
        <Card title={words.who}>
          <div className={detail.body}>
            <Senders value={view.sender} onChange={(sender) => setView({ sender })} />
            {view.sender && <Form key={view.sender} sender={view.sender} onMade={setMade} />}
          </div>
        </Card>
      )}
    </div>
  );
}

function Senders({ value, onChange }: { value: Sender | undefined; onChange(sender: Sender): void }) {
  return (
    <div className={css.senders} role="radiogroup" aria-label={words.who}>
      {SENDERS.map((sender) => {
        const [name, what] = words.senders[sender] ?? [sender, ''];
        return (
          <label key={sender} className={css.sender}>
            <input
              type="radio"
              name="sender"
              value={sender}
              checked={value === sender}
              onChange={() => onChange(sender)}
            />
            <Icon name={ICONS[sender]} size={18} />
            <b>{name}</b>
            <span>{what}</span>
          </label>
        );
      })}
    </div>
  );
}

function Form({ sender, onMade }: { sender: Sender; onMade(stream: EventStream): void }) {
  const client = useQueryClient();
  const [answers, setAnswers] = useState<Answers>(FIRST_ANSWERS);
  const mutation = useMutation({
    mutationFn: () => create(inputOf(sender, answers)),
    onSuccess: (stream) => {
      onMade(stream);
      return client.invalidateQueries({ queryKey: ['event-streams'] });
    },
  });
  const field = (key: keyof Answers, label: string, hint?: string) => (
    <label className={css.field}>
      <span>{label}</span>
      <input
        className={css.input}
        value={answers[key]}
        maxLength={key === 'name' ? 255 : 100}
        required={key !== 'prefix'}
        autoFocus={key === 'name'}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setAnswers({ ...answers, [key]: event.target.value })}
      />
      {hint && <small>{hint}</small>}
    </label>
  );
  const choice = (key: 'algorithm' | 'encoding', label: string, options: readonly string[]) => (
    <label className={css.field}>
      <span>{label}</span>
      <select
        className={css.input}
        value={answers[key]}
        onChange={(event) => setAnswers({ ...answers, [key]: event.target.value })}
      >
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        mutation.mutate();
      }}
    >
      {field('name', words.name, words.nameHint)}
      {sender === 'basic' && field('username', words.username)}
      {sender === 'hmac' && (
        <>
          {field('header', words.header)}
          {choice('algorithm', words.algorithm, ['sha256', 'sha512'])}
          {choice('encoding', words.encoding, ['hex', 'base64'])}
          {field('prefix', words.prefix, words.prefixHint)}
        </>
      )}
      {mutation.error && (
        <p className={css.problem} role="alert">
          <b>{words.failed}:</b> {mutation.error.message}
        </p>
      )}
      <Button primary type="submit" disabled={mutation.isPending || answers.name.trim() === ''}>
        {mutation.isPending ? words.submitting : words.submit}
      </Button>
    </form>
  );
}

function Made({ stream, onAnother }: { stream: EventStream; onAnother(): void }) {
  const secret = stream.generated_secret ?? undefined;
  return (
    <>
      <Card title={words.made(stream.name)} label={words.secret}>
        <div className={detail.body}>
          <dl className={detail.facts}>
            <dt>{text.streams.url}</dt>
            <dd className="ell">
              <Copyable value={stream.url} label={text.streams.url.toLowerCase()} />
            </dd>
            {secret !== undefined && (
              <>
                <dt>{words.secret}</dt>
                <dd className="ell" data-secret>
                  <Copyable value={secret} label={words.secret.toLowerCase()} />
                </dd>
              </>
            )}
          </dl>
          <p className={css.once}>
            <Icon name="lock" size={14} />
            {words.secretOnce}
          </p>
        </div>
      </Card>
      <Card title={words.setUp}>
        <div className={detail.body}>
          <Setup stream={stream} secret={secret} />
        </div>
      </Card>
      <Card title={words.first}>
        <div className={detail.body}>
          <FirstEvent stream={stream} />
        </div>
      </Card>
      <div className={css.row}>
        <ButtonLink to={`/event-streams/${stream.id}`}>{words.showStream}</ButtonLink>
        <Button onClick={onAnother}>{words.another}</Button>
      </div>
    </>
  );
}
