import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { visible } from '@/shared/format/harmless';
import { integer } from '@/shared/format/number';
import { decisionsQuery } from '@/shared/queries';
import { useView } from '@/shared/search';
import { text } from '@/shared/text/en';
import { Button, ButtonLink } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { DetailHead, Figures } from '@/shared/ui/Detail';
import { Icon, type IconName } from '@/shared/ui/Icon';
import { Json } from '@/shared/ui/Json';
import { ListCard, Loaded, Note, Table } from '@/shared/ui/List';
import { Status } from '@/shared/ui/Status';
import { Tabs } from '@/shared/ui/Tabs';
import { Ago, Moment } from '@/shared/ui/Time';
import { useNamed } from '@/shared/ui/title';
import detail from '@/shared/ui/Detail.module.css';
import { ordersFor, tabOf, variablesOf, VIEWS, type View } from './activation';
import { LogCard } from './LogCard';
import { MemoryCards } from './MemoryCards';
import { activationQuery, give, type Activation, type Order, type Way } from './queries';
import { TroubleCard } from './TroubleCard';
import { VersionsCard } from './VersionsCard';

const words = text.activations;
type Plain = Exclude<Order, Way>;
const ICONS: Readonly<Record<Plain, IconName>> = { enable: 'play', disable: 'pause', restart: 'retry' };
const LATEST = 15;

export default function ActivationPage() {
  const id = Number(useParams({ strict: false, select: (parameters: { id?: string }) => parameters.id }));
  const query = useQuery(activationQuery(id));
  return (
    <div className="page">
      <Loaded query={query}>{(activation) => <Content activation={activation} />}</Loaded>
    </div>
  );
}

function Content({ activation }: { activation: Activation }) {
  const [{ tab }, setView] = useView((search) => ({ tab: tabOf(search['tab']) }));
  useNamed(activation.name);
  return (
    <>
      <Head activation={activation} />
      <Tabs
        label={words.tabsLabel}
        value={tab}
        tabs={VIEWS.map((key) => ({ key, label: words.tabs[key] }))}
        onChange={(next) => setView({ tab: next })}
      />
      <Shown tab={tab} activation={activation} />
    </>
  );
}

function Shown({ tab, activation }: { tab: View; activation: Activation }) {
  switch (tab) {
    case 'overview':
      return <Overview activation={activation} />;
    case 'memory':
      return <MemoryCards id={activation.id} />;
    case 'log':
      return <LogCard id={activation.id} />;
    case 'versions':
      return <VersionsCard activation={activation} />;
  }
}

function Overview({ activation }: { activation: Activation }) {
  const figures = [
    [words.events, integer(activation.events_seen_count)],
    [words.fired, integer(activation.rules_fired_count)],
    [words.lag, activation.lag === null ? '–' : integer(activation.lag)],
    [words.restarts, integer(activation.restart_count)],
  ] as const;
  return (
    <>
      <TroubleCard activation={activation} />
      <Figures label={words.figures} figures={figures} />
      <div className={detail.two}>
        <LatestCard activation={activation} />
        <AboutCard activation={activation} />
      </div>
    </>
  );
}

function Head({ activation }: { activation: Activation }) {
  return (
    <DetailHead
      label={words.one}
      name={visible(activation.name)}
      orders={ordersFor(activation).map((order) => (
        <OrderButton key={order} order={order} activation={activation} />
      ))}
      below={
        activation.status_message && (
          <p>
            <bdi>{visible(activation.status_message)}</bdi>
          </p>
        )
      }
    >
      <Status state={activation.status} />
      <span className="dimmer">
        {text.lasting} <Ago at={activation.status_since} bare />
      </span>
    </DetailHead>
  );
}

function OrderButton({ order, activation }: { order: Plain; activation: Activation }) {
  const client = useQueryClient();
  const allowed = may(useUser(), 'operate:activation');
  const mutation = useMutation({
    mutationFn: () => give(order, activation.id),
    onSuccess: () => {
      notifications.show({ message: words.done[order], color: 'green' });
      return client.invalidateQueries({ queryKey: ['activations'] });
    },
    onError: (problem) =>
      notifications.show({ title: words.failed[order], message: problem.message, color: 'red' }),
  });
  return (
    <Button
      primary={order === 'enable'}
      disabled={!allowed || mutation.isPending}
      title={allowed ? undefined : words.needsOperator}
      onClick={() => mutation.mutate()}
    >
      <Icon name={ICONS[order]} size={13} />
      {words[order]}
    </Button>
  );
}

function LatestCard({ activation }: { activation: Activation }) {
  const query = useQuery(decisionsQuery({ page_size: LATEST, activation_id: activation.id }));
  return (
    <ListCard
      title={words.decisions}
      query={query}
      rows={(page) => page.results}
      sub=""
      right={
        <ButtonLink small to="/decisions" search={{ activation: activation.id } as never}>
          {text.action.viewAll}
        </ButtonLink>
      }
      empty={
        <Note icon="decision" title={words.noDecisions} compact>
          <p>{words.noDecisionsHint}</p>
        </Note>
      }
    >
      {(page) => (
        <Table label={words.decisions}>
          <thead>
            <tr>
              <th>{text.decisions.time}</th>
              <th>{text.decisions.rule}</th>
              <th data-minor>{text.decisions.actions}</th>
              <th>{text.decisions.state}</th>
            </tr>
          </thead>
          <tbody>
            {page.results.map((decision) => (
              <tr key={decision.id}>
                <td>
                  <Moment at={decision.committed_at} />
                </td>
                <td>
                  <Link to={`/decisions/${decision.id}`}>
                    <bdi>{visible(decision.rule)}</bdi>
                  </Link>
                </td>
                <td data-wide data-minor className="mono dim">
                  {decision.actions.join(', ') || '–'}
                </td>
                <td>
                  <Status state={decision.status} kind="action" />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </ListCard>
  );
}

function AboutCard({ activation }: { activation: Activation }) {
  const variables = variablesOf(activation.extra_var);
  return (
    <div className={detail.column}>
      <Card title={words.about}>
        <div className={detail.body}>
          {activation.description && (
            <p className="dim">
              <bdi>{visible(activation.description)}</bdi>
            </p>
          )}
          <dl className={detail.facts}>
            <dt>{words.rulebook}</dt>
            <dd>
              <Link to={`/rulebooks/${activation.rulebook_id}`}>
                <bdi>{visible(activation.rulebook_name)}</bdi>
              </Link>
            </dd>
            <dt>{words.enabled}</dt>
            <dd>{activation.is_enabled ? words.yes : words.no}</dd>
            <dt>{words.strategy}</dt>
            <dd>{text.state(activation.execution_strategy)}</dd>
            <dt>{words.policy}</dt>
            <dd>{text.state(activation.restart_policy)}</dd>
            <dt>{words.created}</dt>
            <dd>
              <Ago at={activation.created_at} />
            </dd>
          </dl>
        </div>
      </Card>
      <Card title={words.sources}>
        <div className={detail.body}>
          {activation.source_mappings.length === 0 && <p className="dimmer">{words.noSources}</p>}
          <dl className={detail.facts}>
            {activation.source_mappings.map((source) => (
              <div key={source.source_name} style={{ display: 'contents' }}>
                <dt className="ell">
                  <bdi>{visible(source.source_name)}</bdi>
                </dt>
                <dd>
                  <Link to={`/event-streams/${source.event_stream_id}`}>
                    <bdi>{visible(source.event_stream_name)}</bdi>
                  </Link>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      </Card>
      <Card title={words.variables}>
        <div className={detail.body}>
          <Json value={variables} label={words.variables} />
        </div>
      </Card>
    </div>
  );
}
