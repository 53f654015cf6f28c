import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { integer } from '@/shared/format/number';
import { decisionsChannel } from '@/shared/live/channels';
import { useLive } from '@/shared/live/context';
import { activationsQuery, type Activation } from '@/shared/queries';
import { text } from '@/shared/text/en';
import { ButtonLink } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { ListCard, Note, Table } from '@/shared/ui/List';
import { Status, StatusIcon } from '@/shared/ui/Status';
import { Ago } from '@/shared/ui/Time';
import css from './Overview.module.css';
import { worstFirst } from './attention';
import type { Overview } from './overview';
import { visible } from '@/shared/format/harmless';

const words = text.overview;
const LATEST = 8;
/** Activations shown here; the list has all. */
const MOST = 10;

export function ActivationsCard({ stale }: { stale: boolean }) {
  const query = useQuery(activationsQuery());
  return (
    <ListCard
      title={words.activations}
      query={query}
      rows={(page) => page.results}
      stale={stale}
      right={
        <ButtonLink small to="/activations">
          {text.action.viewAll}
        </ButtonLink>
      }
      empty={
        <Note icon="activation" title={words.noActivations} compact>
          <p>{words.noActivationsHint}</p>
        </Note>
      }
    >
      {(page) => <Activations rows={worstFirst(page.results).slice(0, MOST)} />}
    </ListCard>
  );
}

function Activations({ rows }: { rows: readonly Activation[] }) {
  const columns = text.activations;
  return (
    <Table label={words.activations}>
      <thead>
        <tr>
          <th>{columns.name}</th>
          <th>{columns.state}</th>
          <th data-right data-minor>
            {columns.events}
          </th>
          <th data-right>{columns.fired}</th>
          <th data-right data-minor>
            {columns.restarts}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={one.id}>
            <td data-wide>
              <Link to={`/activations/${one.id}`}>
                <bdi>{visible(one.name)}</bdi>
              </Link>{' '}
              <bdi className="dimmer mono">{visible(one.rulebook_name)}</bdi>
            </td>
            <td>
              <Status state={one.status} />
            </td>
            <td data-right data-minor>
              {integer(one.events_seen_count)}
            </td>
            <td data-right>{integer(one.rules_fired_count)}</td>
            <td data-right data-minor className={one.restart_count ? undefined : 'dimmer'}>
              {integer(one.restart_count)}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

export function LatestCard({ stale }: { stale: boolean }) {
  const decisions = useLive(decisionsChannel).slice(0, LATEST);
  return (
    <Card
      title={words.latest}
      sub={words.latestSub}
      stale={stale}
      right={
        <ButtonLink small to="/decisions">
          {text.action.viewAll}
        </ButtonLink>
      }
    >
      {decisions.length === 0 ? (
        <Note icon="decision" title={words.noDecisions} compact>
          <p>{words.noDecisionsHint}</p>
          <ButtonLink small to="/event-streams">
            {words.toStreams}
          </ButtonLink>
        </Note>
      ) : (
        <ul className={css.rows} aria-label={words.latest}>
          {decisions.map((decision) => (
            <li key={decision.id}>
              <Link to={`/decisions/${decision.id}`}>
                <StatusIcon state={decision.status} kind="action" />
                <span className="ell">
                  <b>
                    <bdi>{visible(decision.rule)}</bdi>
                  </b>
                  {decision.actions.length > 0 && (
                    <>
                      {' '}
                      <span className="dimmer">→</span>{' '}
                      <span className="mono dim">{decision.actions.join(', ')}</span>
                    </>
                  )}{' '}
                  <bdi className="dimmer">{visible(decision.activation_name)}</bdi>
                </span>
                <Ago at={decision.committed_at} bare />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

export function LagCard({ lag, stale }: { lag: Overview['lagBy']; stale: boolean }) {
  const names = new Map(useQuery(activationsQuery()).data?.results.map((one) => [String(one.id), one.name]));
  const most = Math.max(100, ...lag.map((one) => one.entries));
  return (
    <Card title={words.lagBy} sub={words.eventsUnit} stale={stale}>
      {lag.length === 0 ? (
        <Note icon="inbox" tone="ok" title={words.noLag} compact />
      ) : (
        <div className={css.bars}>
          {lag.map(({ activation, entries }) => (
            <div key={activation}>
              <bdi className="ell">{visible(names.get(activation) ?? activation)}</bdi>
              <span className={css.track}>
                <i style={{ width: `${(100 * entries) / most}%` }} />
              </span>
              <span className="num">{integer(entries)}</span>
            </div>
          ))}
        </div>
      )}
    </Card>
  );
}
