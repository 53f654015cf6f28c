import { useState } from 'react';
import { text } from '@/shared/text/en';
import { Code, Copyable } from '@/shared/ui/Code';
import { Segmented } from '@/shared/ui/Segmented';
import detail from '@/shared/ui/Detail.module.css';
import type { EventStream } from './queries';
import { snippetsOf } from './snippet';
import css from './Streams.module.css';

const words = text.streams.snippets;
const GITHUB = 'github';

/** How to send to a stream. Without its secret a place for it stands in what is copied. */
export function Setup({ stream, secret }: { stream: EventStream; secret?: string | undefined }) {
  const snippets = snippetsOf(stream, secret ?? words.secretPlace);
  const github = stream.event_stream_type === GITHUB;
  const keys = [...(github ? [GITHUB] : []), ...snippets.map((one) => one.key)];
  const [chosen, setChosen] = useState(keys[0] ?? 'curl');
  const snippet = snippets.find((one) => one.key === chosen);
  return (
    <div className={css.setup}>
      <Segmented
        label={words.label}
        value={chosen}
        options={keys.map((key) => [key, text.streams.snippets[key as 'curl']] as const)}
        onChange={setChosen}
      />
      <p className="dim">
        {words.hints[chosen]} {secret === undefined && words.secretHint}
      </p>
      {snippet ? (
        <Code value={snippet.value} label={words.copyName(text.streams.snippets[snippet.key])} />
      ) : (
        <GithubSettings stream={stream} secret={secret} />
      )}
    </div>
  );
}

function GithubSettings({ stream, secret }: { stream: EventStream; secret: string | undefined }) {
  return (
    <dl className={detail.facts}>
      <dt>{words.settings.url}</dt>
      <dd className="ell">
        <Copyable value={stream.url} label={words.settings.url} />
      </dd>
      <dt>{words.settings.type}</dt>
      <dd>
        <Copyable value="application/json" label={words.settings.type} />
      </dd>
      <dt>{words.settings.secret}</dt>
      <dd className="ell">
        {secret === undefined ? words.secretPlace : <Copyable value={secret} label={words.settings.secret} />}
      </dd>
      <dt>{words.settings.events}</dt>
      <dd>{words.settings.eventsValue}</dd>
    </dl>
  );
}
