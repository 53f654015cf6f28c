import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { integer } from '@/shared/format/number';
import { text } from '@/shared/text/en';
import { Card } from '@/shared/ui/Card';
import { Code, Copyable } from '@/shared/ui/Code';
import { Loaded, Note } from '@/shared/ui/List';
import { Status } from '@/shared/ui/Status';
import { Ago } from '@/shared/ui/Time';
import { curlOf, type EventStream } from './snippet';
import css from './Streams.module.css';

const words = text.streams;

const streamsQuery = queryOptions({
  queryKey: ['event-streams'],
  queryFn: () => body(api.GET('/api/eda/v1/event-streams/', { params: { query: { page_size: 100 } } })),
  // Counters are written now and then, not sent live.
  refetchInterval: 10_000,
});

export default function EventStreamsPage() {
  const query = useQuery(streamsQuery);
  return (
    <div className="page">
      <Loaded
        query={query}
        isEmpty={(page) => page.results.length === 0}
        empty={
          <Note icon="stream" title={words.empty}>
            <p>{words.emptyHint}</p>
          </Note>
        }
      >
        {(page) => (
          <div className={css.grid}>
            {page.results.map((stream) => (
              <StreamCard key={stream.id} stream={stream} />
            ))}
          </div>
        )}
      </Loaded>
    </div>
  );
}

function StreamCard({ stream }: { stream: EventStream }) {
  return (
    <Card
      title={stream.name}
      sub={words.kinds[stream.event_stream_type] ?? stream.event_stream_type}
      right={!stream.enabled && <Status state="stopped" label={words.disabled} />}
    >
      <div className={css.body}>
        <dl className={css.facts}>
          <dt>{words.url}</dt>
          <dd className="ell">
            <Copyable value={stream.url} label={words.url.toLowerCase()} />
          </dd>
          <dt>{words.auth}</dt>
          <dd>
            {words.auths[stream.credential.kind] ?? stream.credential.kind}
            {stream.credential.header && <span className="dimmer mono"> {stream.credential.header}</span>}
          </dd>
          <dt>{words.events}</dt>
          <dd className="num">{integer(stream.events_received)}</dd>
          <dt>{words.last}</dt>
          <dd>
            <Ago at={stream.last_event_received_at} />
          </dd>
        </dl>
        <details>
          <summary>{words.send}</summary>
          <p>{words.sendHint}</p>
          <Code value={curlOf(stream)} label={words.snippet} />
        </details>
      </div>
    </Card>
  );
}
