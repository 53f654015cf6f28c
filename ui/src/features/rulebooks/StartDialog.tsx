import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { visible } from '@/shared/format/harmless';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Ask, Field, Refused } from './Ask';
import { modelOf } from './model';
import { startActivation, streamsQuery, type Rulebook } from './queries';
import { tellDone } from './tell';

const words = text.rulebooks.start;

interface Props {
  rulebook: Rulebook;
  /** The draft is not what will run. */
  behind: boolean;
  onEnd(): void;
}

/** Makes the newest version run: which event stream stands in for which source, and with which variables. */
export function StartDialog({ rulebook, behind, onEnd }: Props) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const streams = useQuery(streamsQuery).data?.results ?? [];
  const sources = useMemo(() => sourcesOf(rulebook.rulesets), [rulebook.rulesets]);
  const [name, setName] = useState(rulebook.name);
  const [variables, setVariables] = useState('');
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const choiceOf = (source: string) => chosen[source] ?? (streams.length === 1 ? String(streams[0]?.id) : '');
  const start = useMutation({
    mutationFn: () =>
      startActivation({
        name,
        rulebook_id: rulebook.id,
        extra_var: variables,
        source_mappings: sources
          .filter((source) => choiceOf(source) !== '')
          .map((source) => ({ source_name: source, event_stream_id: Number(choiceOf(source)) })),
      }),
    onSuccess: async (made) => {
      tellDone(words.done(made.name));
      await client.invalidateQueries({ queryKey: ['activations'] });
      onEnd();
      await navigate({ to: `/activations/${made.id}` });
    },
  });
  return (
    <Ask title={words.title(rulebook.name)} onEnd={onEnd}>
      {behind && <p className="dim">{words.unpublished}</p>}
      <Field label={words.name}>
        <input
          data-autofocus
          value={name}
          maxLength={255}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      {sources.length === 0 && <p className="dim">{words.noSources}</p>}
      {sources.length > 0 && streams.length === 0 && <p className="dim">{words.noStreams}</p>}
      {sources.map((source) => (
        <Field key={source} label={words.source(source)}>
          <select
            value={choiceOf(source)}
            onChange={(event) => setChosen({ ...chosen, [source]: event.target.value })}
          >
            <option value="">{words.own}</option>
            {streams.map((stream) => (
              <option key={stream.id} value={stream.id}>
                {words.stream(visible(stream.name))}
              </option>
            ))}
          </select>
        </Field>
      ))}
      <Field label={words.variables}>
        <textarea
          className="mono"
          value={variables}
          spellCheck={false}
          onChange={(event) => setVariables(event.target.value)}
        />
      </Field>
      <Refused title={words.failed} problem={start.error} />
      <Button primary disabled={start.isPending || !name.trim()} onClick={() => start.mutate()}>
        {start.isPending ? words.busy : words.submit}
      </Button>
    </Ask>
  );
}

function sourcesOf(rulesets: string): readonly string[] {
  const names = modelOf(rulesets)?.flatMap((ruleset) => ruleset.sources.map((source) => source.name));
  return [...new Set(names)];
}
