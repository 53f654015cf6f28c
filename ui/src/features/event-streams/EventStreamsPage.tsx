import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { integer, rate } from '@/shared/format/number';
import { statsChannel } from '@/shared/live/channels';
import { useLive } from '@/shared/live/context';
import { activationsQuery } from '@/shared/queries';
import { textOf, useView } from '@/shared/search';
import { text } from '@/shared/text/en';
import { ButtonLink } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { useFocusKey, useRows } from '@/shared/ui/keys';
import { Loaded, Note, Table } from '@/shared/ui/List';
import { Status } from '@/shared/ui/Status';
import { Ago } from '@/shared/ui/Time';
import { streamsQuery, type EventStream } from './queries';
import { listenersOf, rateOf } from './streams';
import css from './Streams.module.css';
import { visible } from '@/shared/format/harmless';

const words = text.streams;
const FILTER = 'streams-filter';

/** Every event stream with what it gets now. */
export default function EventStreamsPage() {
  const query = useQuery(streamsQuery);
  const [view, setView] = useView((search) => ({ q: textOf(search['q']) }));
  useFocusKey(FILTER);
  const create = may(useUser(), 'write:event_stream') && (
    <ButtonLink primary to="/event-streams/new">
      {words.create}
    </ButtonLink>
  );
  return (
    <div className="page">
      <Loaded
        query={query}
        isEmpty={(page) => page.results.length === 0}
        empty={
          <Note icon="stream" title={words.empty}>
            <p>{words.emptyHint}</p>
            {create}
          </Note>
        }
      >
        {(page) => (
          <Card
            title={words.title}
            right={
              <div className={css.row}>
                <input
                  id={FILTER}
                  className={css.input}
                  type="search"
                  placeholder={words.filter}
                  aria-label={words.filter}
                  value={view.q}
                  onChange={(event) => setView({ q: event.target.value })}
                />
                {create}
              </div>
            }
          >
            <Rows streams={page.results.filter((one) => holds(one.name, view.q))} part={view.q} />
          </Card>
        )}
      </Loaded>
    </div>
  );
}

function holds(name: string, part: string): boolean {
  return name.toLowerCase().includes(part.toLowerCase());
}

function Rows({ streams, part }: { streams: readonly EventStream[]; part: string }) {
  const { ticks } = useLive(statsChannel);
  const activations = useQuery(activationsQuery()).data?.results ?? [];
  const navigate = useNavigate();
  const active = useRows(
    streams.length,
    (row) => void navigate({ to: `/event-streams/${streams[row]?.id}` }),
  );
  if (streams.length === 0) return <Note icon="search" title={words.noMatch(part)} compact />;
  return (
    <Table label={words.title}>
      <thead>
        <tr>
          <th>{words.name}</th>
          <th data-minor>{words.kind}</th>
          <th data-minor>{words.auth}</th>
          <th>{words.state}</th>
          <th data-right>{words.rate}</th>
          <th data-right data-minor>
            {words.events}
          </th>
          <th data-minor>{words.last}</th>
          <th data-minor>{words.usedBy}</th>
        </tr>
      </thead>
      <tbody>
        {streams.map((stream, i) => (
          <tr key={stream.id} data-active={i === active || undefined}>
            <td data-wide>
              <Link to={`/event-streams/${stream.id}`}>
                <bdi>{visible(stream.name)}</bdi>
              </Link>
            </td>
            <td data-minor>{words.kinds[stream.event_stream_type] ?? stream.event_stream_type}</td>
            <td data-minor>{words.auths[stream.credential.kind] ?? stream.credential.kind}</td>
            <td>
              {stream.enabled ? (
                <Status state="running" label={words.enabled} />
              ) : (
                <Status state="stopped" label={words.disabled} />
              )}
            </td>
            <td data-right>{rate(rateOf(ticks, stream.name))}</td>
            <td data-right data-minor>
              {integer(stream.events_received)}
            </td>
            <td data-minor>
              <Ago at={stream.last_event_received_at} />
            </td>
            <td data-minor>{words.activations(listenersOf(activations, stream.id).length)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
