import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '@/api/problem';
import { activationsQuery } from '@/shared/queries';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Status } from '@/shared/ui/Status';
import { Ask, Field, Refused } from './Ask';
import css from './Ask.module.css';
import type { Comparison } from './Desk';
import { publish, type Rulebook } from './queries';
import { tellDone } from './tell';
import type { Draft } from './useDraft';
import type { Validation } from './useValidation';
import { visible } from '@/shared/format/harmless';

const words = text.rulebooks;

interface Props {
  rulebook: Rulebook;
  draft: Draft;
  validation: Validation | undefined;
  onCompare(comparison: Comparison): void;
  onEnd(): void;
}

/** Says what changes and where it goes live; afterwards what each activation does with it shows under Versions. */
export function PublishDialog({ rulebook, draft, validation, onCompare, onEnd }: Props) {
  const { state } = draft;
  const client = useQueryClient();
  const [message, setMessage] = useState('');
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const users = (useQuery(activationsQuery()).data?.results ?? []).filter(
    (one) => one.rulebook_id === rulebook.id,
  );
  const next = state.published.number + 1;
  const warnings = validation?.problems.filter((one) => one.severity === 'warning').length ?? 0;
  const send = useMutation({
    mutationFn: () =>
      publish(rulebook.id, {
        text: state.text,
        message,
        base: state.baseVersion,
        activations: users.map((one) => one.id).filter((id) => !left.has(id)),
      }),
    onSuccess: async ({ version }) => {
      tellDone(words.publish.done(version.number));
      await draft.published({ number: version.number, text: version.rulesets });
      onEnd();
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['rulebooks'] }),
        client.invalidateQueries({ queryKey: ['activations'] }),
      ]),
  });
  const toggle = (id: number) =>
    setLeft((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]));
  const newer = send.error instanceof ProblemError && send.error.status === 409;
  return (
    <Ask title={words.publish.title(rulebook.name, next)} onEnd={onEnd}>
      <Field label={words.publish.message}>
        <input
          data-autofocus
          value={message}
          maxLength={4_000}
          placeholder={words.publish.messageHint}
          onChange={(event) => setMessage(event.target.value)}
        />
      </Field>
      <fieldset className={css.set}>
        <legend>{words.publish.activations}</legend>
        {users.length === 0 && <p className="dim">{words.publish.none}</p>}
        {users.map((one) => (
          <label key={one.id} className={css.choice}>
            <input type="checkbox" checked={!left.has(one.id)} onChange={() => toggle(one.id)} />
            <span>
              <bdi>{visible(one.name)}</bdi> <Status state={one.status} />
            </span>
          </label>
        ))}
      </fieldset>
      <Refused title={words.publish.failed} problem={newer ? new Error(words.publish.newer) : send.error} />
      <Button
        onClick={() => {
          onCompare({
            label: words.versions.diffLabel(state.published.number),
            before: state.published.text,
            after: state.text,
          });
          onEnd();
        }}
      >
        {words.publish.changes}
      </Button>
      <Button primary disabled={send.isPending} onClick={() => send.mutate()}>
        {send.isPending
          ? words.publish.busy
          : warnings > 0
            ? words.publish.warn(warnings)
            : words.publish.submit(next)}
      </Button>
    </Ask>
  );
}
