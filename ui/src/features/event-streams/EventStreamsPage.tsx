import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { visible } from '@/shared/format/harmless';
import { integer, rate } from '@/shared/format/number';
import { statsChannel } from '@/shared/live/channels';
import { useLive } from '@/shared/live/context';
import { activationsQuery } from '@/shared/queries';
import { useView } from '@/shared/search';
import { text } from '@/shared/text/en';
import { Button, ButtonLink } from '@/shared/ui/Button';
import { ChoiceFilter, Filters, TextFilter } from '@/shared/ui/Filters';
import { useFocusKey, useRows } from '@/shared/ui/keys';
import { ListCard, More, Note, Table } from '@/shared/ui/List';
import { Sorted } from '@/shared/ui/Sorted';
import { Status } from '@/shared/ui/Status';
import { Ago } from '@/shared/ui/Time';
import { streamsQuery, type EventStream } from './queries';
import {
  isFiltered,
  KINDS,
  listenersOf,
  listOf,
  NO_FILTERS,
  rateOf,
  requestOf,
  type ListView,
} from './streams';

const words = text.streams;
const FILTER = 'streams-filter';

type Change = (change: Partial<ListView>) => void;

/** Every event stream with what it gets now. */
export default function EventStreamsPage() {
  const [view, setView] = useView(listOf);
  const query = useInfiniteQuery(streamsQuery(requestOf(view)));
  useFocusKey(FILTER);
  const create = may(useUser(), 'write:event_stream') && (
    <ButtonLink primary to="/event-streams/new">
      {words.create}
    </ButtonLink>
  );
  const pages = query.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.results);
  const count = pages.at(-1)?.count ?? 0;
  return (
    <div className="page">
      <Narrow view={view} onChange={setView} />
      <ListCard
        title={words.title}
        query={query}
        rows={() => rows}
        {...(query.data && { sub: integer(count) })}
        right={create}
        empty={<Empty view={view} create={create} onClear={() => setView(NO_FILTERS)} />}
      >
        {() => (
          <>
            <Rows streams={rows} view={view} onChange={setView} />
            <More query={query} shown={rows.length} count={count} />
          </>
        )}
      </ListCard>
    </div>
  );
}

function Narrow({ view, onChange }: { view: ListView; onChange: Change }) {
  return (
    <Filters card filtered={isFiltered(view)} onClear={() => onChange(NO_FILTERS)}>
      <TextFilter id={FILTER} label={words.filter} value={view.q} onChange={(q) => onChange({ q })} />
      <ChoiceFilter
        label={words.kind}
        any={text.actions.any}
        value={view.kind}
        options={KINDS.map((kind) => [kind, words.kinds[kind] ?? kind])}
        onChange={(kind) => onChange({ kind: KINDS.find((one) => one === kind) })}
      />
    </Filters>
  );
}

function Empty({ view, create, onClear }: { view: ListView; create: ReactNode; onClear(): void }) {
  if (isFiltered(view)) {
    return (
      <Note icon="search" title={words.noMatch(view.q ?? words.kinds[view.kind ?? ''] ?? '')}>
        <Button onClick={onClear}>{text.action.clear}</Button>
      </Note>
    );
  }
  return (
    <Note icon="stream" title={words.empty}>
      <p>{words.emptyHint}</p>
      {create}
    </Note>
  );
}

interface RowsProps {
  streams: readonly EventStream[];
  view: ListView;
  onChange: Change;
}

function Rows({ streams, view, onChange }: RowsProps) {
  const navigate = useNavigate();
  const { ticks } = useLive(statsChannel);
  const activations = useQuery(activationsQuery()).data?.results ?? [];
  const active = useRows(
    streams.length,
    (row) => void navigate({ to: `/event-streams/${streams[row]?.id}` }),
  );
  const order = { sort: view.sort, onSort: (sort: string) => onChange({ sort }) };
  return (
    <Table label={words.title}>
      <thead>
        <tr>
          <Sorted name={words.name} by="name" {...order} />
          <Sorted name={words.kind} by="type" minor {...order} />
          <th data-minor>{words.auth}</th>
          <th>{words.state}</th>
          <th data-right>{words.rate}</th>
          <Sorted name={words.events} by="events_received" right minor {...order} />
          <Sorted name={words.last} by="last_event_at" minor {...order} />
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
