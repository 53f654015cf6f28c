import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { integer } from '@/shared/format/number';
import { decisionsChannel } from '@/shared/live/channels';
import { useLive } from '@/shared/live/context';
import { activationsQuery, deadLettersQuery } from '@/shared/queries';
import { text } from '@/shared/text/en';
import { ButtonLink } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { Icon } from '@/shared/ui/Icon';
import { Loaded, Note, Table } from '@/shared/ui/List';
import { Status, StatusIcon } from '@/shared/ui/Status';
import { Ago } from '@/shared/ui/Time';
import { attentionOf, type Attention } from './attention';
import css from './Overview.module.css';
import type { Overview } from './overview';

const words = text.overview;
const LATEST = 8;

export function AttentionCard() {
  const deadLetters = useQuery(deadLettersQuery());
  const activations = useQuery(activationsQuery());
  const items = attentionOf(deadLetters.data, activations.data?.results ?? []);
  return (
    <Card title={words.attention} {...(items.length > 0 && { sub: integer(items.length) })}>
      <Loaded query={deadLetters}>
        {() =>
          items.length === 0 ? (
            <Note icon="check" tone="ok" title={words.allWell} compact>
              <p>{words.allWellHint}</p>
            </Note>
          ) : (
            <ul className={css.list}>
              {items.map((item) => (
                <AttentionRow key={keyOf(item)} item={item} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

function keyOf(item: Attention): string {
  if (item.kind === 'activation') return `activation ${item.activation.id}`;
  return item.kind === 'task' ? item.task.id : 'more';
}

function AttentionRow({ item }: { item: Attention }) {
  if (item.kind === 'more') {
    return (
      <li>
        <span className={css.badge}>
          <Icon name="inbox" size={14} />
        </span>
        <b>{words.deadLetterMore(item.count)}</b>
        <ButtonLink small to="/actions" search={{ tab: 'dead' } as never}>
          {text.action.viewAll}
        </ButtonLink>
      </li>
    );
  }
  const task = item.kind === 'task';
  const title = task
    ? words.deadLetter(item.task.action)
    : words.activationState(item.activation.name, text.state(item.activation.status).toLowerCase());
  const detail = task
    ? `${item.task.rule} · ${words.attempts(item.task.attempt)} · ${item.task.message}`
    : item.activation.status_message;
  return (
    <li>
      <span className={css.badge} data-tone={task ? 'warn' : 'err'}>
        <Icon name={task ? 'inbox' : 'x'} size={14} />
      </span>
      <span className="ell" title={detail}>
        <b className="ell">{title}</b>
        <small className="ell">{detail}</small>
      </span>
      <ButtonLink
        small
        to={task ? '/actions' : `/activations/${item.activation.id}`}
        search={(task ? { tab: 'dead', sel: item.task.id } : {}) as never}
        aria-label={`${words.review}: ${title}`}
      >
        {words.review}
      </ButtonLink>
    </li>
  );
}

export function ActivationsCard({ stale }: { stale: boolean }) {
  const query = useQuery(activationsQuery());
  const columns = text.activations;
  return (
    <Card
      title={words.activations}
      stale={stale}
      {...(query.data && { sub: integer(query.data.count) })}
      right={
        <ButtonLink small to="/activations">
          {text.action.viewAll}
        </ButtonLink>
      }
    >
      <Loaded
        query={query}
        isEmpty={(page) => page.results.length === 0}
        empty={
          <Note icon="activation" title={words.noActivations} compact>
            <p>{words.noActivationsHint}</p>
          </Note>
        }
      >
        {(page) => (
          <Table label={words.activations}>
            <thead>
              <tr>
                <th>{columns.name}</th>
                <th>{columns.state}</th>
                <th data-right>{columns.events}</th>
                <th data-right>{columns.fired}</th>
                <th data-right>{columns.restarts}</th>
              </tr>
            </thead>
            <tbody>
              {page.results.map((one) => (
                <tr key={one.id}>
                  <td>
                    <Link to={`/activations/${one.id}`}>{one.name}</Link>{' '}
                    <span className="dimmer mono">{one.rulebook_name}</span>
                  </td>
                  <td>
                    <Status state={one.status} />
                  </td>
                  <td data-right>{integer(one.events_seen_count)}</td>
                  <td data-right>{integer(one.rules_fired_count)}</td>
                  <td data-right className={one.restart_count ? undefined : 'dimmer'}>
                    {integer(one.restart_count)}
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Loaded>
    </Card>
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
                  <b>{decision.rule}</b>
                  {decision.actions.length > 0 && (
                    <>
                      {' '}
                      <span className="dimmer">→</span>{' '}
                      <span className="mono dim">{decision.actions.join(', ')}</span>
                    </>
                  )}{' '}
                  <span className="dimmer">{decision.activation_name}</span>
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
              <span className="ell">{names.get(activation) ?? activation}</span>
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
