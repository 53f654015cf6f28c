import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Ask, Field, Refused } from './Ask';
import css from './Ask.module.css';
import { createRulebook } from './queries';
import { TEMPLATES, type TemplateKey } from './templates';

const words = text.rulebooks.fresh;

/** A name and an example: from there on the editor helps. */
export function NewRulebook({ onEnd }: { onEnd(): void }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<TemplateKey>('webhook');
  const create = useMutation({
    mutationFn: () =>
      createRulebook(name.trim(), TEMPLATES.find((one) => one.key === chosen)?.rulesets ?? ''),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['rulebooks'] });
      onEnd();
      await navigate({ to: `/rulebooks/${made.id}` });
    },
  });
  const ready = name.trim() !== '' && !create.isPending;
  return (
    <Ask title={words.title} onEnd={onEnd}>
      <Field label={words.name}>
        <input
          data-autofocus
          value={name}
          maxLength={255}
          placeholder={words.nameHint}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && ready) create.mutate();
          }}
        />
      </Field>
      <fieldset className={css.set}>
        <legend>{words.from}</legend>
        {TEMPLATES.map(({ key }) => {
          const [title, hint] = text.rulebooks.templates[key];
          return (
            <label key={key} className={css.choice}>
              <input type="radio" name="template" checked={key === chosen} onChange={() => setChosen(key)} />
              <b>{title}</b>
              <small>{hint}</small>
            </label>
          );
        })}
      </fieldset>
      <Refused title={words.failed} problem={create.error} />
      <Button primary disabled={!ready} onClick={() => create.mutate()}>
        {words.create}
      </Button>
    </Ask>
  );
}
