import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { integer, rate } from '@/shared/format/number';
import { statsChannel } from '@/shared/live/channels';
import { useLive } from '@/shared/live/context';
import { activationsQuery } from '@/shared/queries';
import { useView } from '@/shared/search';
import { text } from '@/shared/text/en';
import { ButtonLink } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { Copyable } from '@/shared/ui/Code';
import { DetailHead, Figures } from '@/shared/ui/Detail';
import { Loaded } from '@/shared/ui/List';
import { Status } from '@/shared/ui/Status';
import { Tabs } from '@/shared/ui/Tabs';
import { Ago } from '@/shared/ui/Time';
import { useNamed } from '@/shared/ui/title';
import detail from '@/shared/ui/Detail.module.css';
import { FieldsTab } from './FieldsTab';
import { HistoryCard } from './HistoryCard';
import { streamQuery, type EventStream } from './queries';
import { verdictOf, type Verdict } from './requests';
import { AnswersCard, RequestsTab } from './RequestsTab';
import { SettingsTab } from './SettingsTab';
import { Setup } from './Setup';
import { listenersOf, rateOf } from './streams';
import css from './Streams.module.css';
import { visible } from '@/shared/format/harmless';

const words = text.streams;
const TABS = ['requests', 'setup', 'fields', 'settings'] as const;
type Tab = (typeof TABS)[number];

interface View {
  tab: Tab | undefined;
  verdict: Verdict | undefined;
  sel: string | undefined;
}

/** One event stream: its last requests, how to send to it, what its events hold, its limits and its secret. */
export default function EventStreamPage() {
  const id = Number(useParams({ strict: false, select: (parameters: { id?: string }) => parameters.id }));
  const query = useQuery(streamQuery(id));
  return (
    <div className="page">
      <Loaded query={query}>{(stream) => <Content stream={stream} />}</Loaded>
    </div>
  );
}

function Content({ stream }: { stream: EventStream }) {
  const [view, setView] = useView((search): View => ({
    tab: TABS.find((one) => one === search['tab']),
    verdict: verdictOf(search['verdict']),
    sel: typeof search['sel'] === 'string' ? search['sel'] : undefined,
  }));
  const tab = view.tab ?? 'requests';
  useNamed(stream.name);
  return (
    <>
      <Head stream={stream} />
      <Now stream={stream} />
      <Tabs
        label={words.tabs.label}
        value={tab}
        tabs={TABS.map((key) => ({ key, label: words.tabs[key] }))}
        onChange={(next) => setView({ tab: next, sel: undefined })}
      />
      {tab === 'requests' && (
        <div className={detail.two}>
          <RequestsTab
            stream={stream}
            verdict={view.verdict ?? 'any'}
            open={view.sel}
            onVerdict={(verdict) => setView({ verdict: verdict === 'any' ? undefined : verdict })}
            onOpen={(sel) => setView({ sel })}
          />
          <div className={detail.column}>
            <AnswersCard stream={stream} />
            <ListenersCard stream={stream} />
            <HistoryCard stream={stream} />
          </div>
        </div>
      )}
      {tab === 'setup' && (
        <Card title={words.wizard.setUp}>
          <div className={detail.body}>
            <Setup stream={stream} />
          </div>
        </Card>
      )}
      {tab === 'fields' && <FieldsTab stream={stream} />}
      {tab === 'settings' && <SettingsTab stream={stream} />}
    </>
  );
}

function Head({ stream }: { stream: EventStream }) {
  return (
    <DetailHead
      label={words.one}
      name={visible(stream.name)}
      orders={
        <ButtonLink to="/events" search={{ stream: String(stream.id) } as never}>
          {words.history.search}
        </ButtonLink>
      }
      below={<Copyable value={stream.url} label={words.url.toLowerCase()} />}
    >
      {stream.enabled ? (
        <Status state="running" label={words.enabled} />
      ) : (
        <Status state="stopped" label={words.disabled} />
      )}
      <span className="dimmer">
        {words.kinds[stream.event_stream_type] ?? stream.event_stream_type} ·{' '}
        {words.auths[stream.credential.kind] ?? stream.credential.kind}
      </span>
    </DetailHead>
  );
}

function Now({ stream }: { stream: EventStream }) {
  const { ticks } = useLive(statsChannel);
  const activations = useQuery(activationsQuery()).data?.results ?? [];
  return (
    <Figures
      label={words.title}
      figures={[
        [words.rate, rate(rateOf(ticks, stream.name))],
        [words.events, integer(stream.events_received)],
        [words.last, <Ago key="last" at={stream.last_event_received_at} />],
        [words.usedBy, words.activations(listenersOf(activations, stream.id).length)],
      ]}
    />
  );
}

function ListenersCard({ stream }: { stream: EventStream }) {
  const query = useQuery(activationsQuery());
  const listeners = listenersOf(query.data?.results ?? [], stream.id);
  return (
    <Card title={words.listeners.title}>
      <div className={detail.body}>
        {query.data && listeners.length === 0 && (
          <>
            <p className="dim">{words.listeners.none}</p>
            <ButtonLink small to="/rulebooks">
              {words.listeners.toRulebooks}
            </ButtonLink>
          </>
        )}
        <ul className={css.listeners}>
          {listeners.map(({ activation, source }) => (
            <li key={`${activation.id} ${source}`}>
              <Link to={`/activations/${activation.id}`} className="ell">
                <bdi>{visible(activation.name)}</bdi>
              </Link>
              <bdi className="dimmer ell">{visible(words.listeners.as(source))}</bdi>
              <Status state={activation.status} />
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
