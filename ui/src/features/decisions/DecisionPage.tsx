import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ProblemError } from '@/api/problem';
import { receivedOf, sourceOf, subjectOf } from '@/shared/event';
import { visible } from '@/shared/format/harmless';
import { duration } from '@/shared/format/number';
import { clockMillis } from '@/shared/format/time';
import { eventQuery } from '@/shared/queries';
import { text } from '@/shared/text/en';
import { ButtonLink } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { Icon } from '@/shared/ui/Icon';
import { Json } from '@/shared/ui/Json';
import { Loaded, Note, Skeleton } from '@/shared/ui/List';
import { Segmented } from '@/shared/ui/Segmented';
import { Status } from '@/shared/ui/Status';
import { Ago, Moment } from '@/shared/ui/Time';
import { Trace } from '@/shared/ui/Trace';
import { ActionCard } from './ActionCard';
import { stationsOf, timelineOf, type Detail, type Matched, type Station } from './decision';
import css from './Decision.module.css';
import { decisionQuery } from './queries';
import { Timeline } from './Timeline';

const words = text.decisions;
/** A window may collect hundreds of events: only a join of a few offers the tree of each. */
const MOST_TREES = 6;

/** One decision from end to end: what happened, which rule it met, what that made happen. */
export default function DecisionPage() {
  const id = useParams({ strict: false, select: (parameters: { id?: string }) => parameters.id ?? '' });
  const query = useQuery(decisionQuery(id));
  if (query.error instanceof ProblemError && query.error.status === 404) {
    return (
      <Note icon="decision" title={words.notFound}>
        <p>{query.error.message}</p>
        <ButtonLink to="/decisions">{words.title}</ButtonLink>
      </Note>
    );
  }
  return (
    <div className="page">
      <Loaded query={query}>{(detail) => <Arc detail={detail} />}</Loaded>
    </div>
  );
}

function Arc({ detail }: { detail: Detail }) {
  return (
    <>
      <Head detail={detail} />
      <div className={css.arc}>
        <div className={css.column}>
          {detail.matched.length === 0 && (
            <Card title={words.matched(1)}>
              <Note icon="event" title={words.noEvents} compact>
                <p>{words.noEventsHint}</p>
              </Note>
            </Card>
          )}
          {detail.matched.map((matched) => (
            <EventCard key={matched.binding} matched={matched} alone={detail.matched.length === 1} />
          ))}
        </div>
        <Connector />
        <RuleCard detail={detail} />
        <Connector />
        <div className={css.column}>
          {detail.actions.length === 0 && (
            <Card title={words.actionsTitle}>
              <Note icon="bolt" title={words.noActions} compact />
            </Card>
          )}
          {detail.actions.map((action) => (
            <ActionCard key={action.index} action={action} />
          ))}
        </div>
      </div>
    </>
  );
}

function Connector() {
  return (
    <div className={css.link} aria-hidden>
      <Icon name="arrow" size={16} />
    </div>
  );
}

function Head({ detail }: { detail: Detail }) {
  const { decision } = detail;
  return (
    <section className={css.head} aria-label={words.one}>
      <div className={css.title}>
        <h2>
          <bdi>{visible(decision.rule)}</bdi>
        </h2>
        <Status state={decision.status} kind="action" />
      </div>
      <div className={css.meta}>
        <Moment at={decision.committed_at} />
        <Ago at={decision.committed_at} />
        <Link to={`/activations/${decision.activation_id}`}>
          <bdi>{visible(decision.activation_name)}</bdi>
        </Link>
        <bdi className="mono">
          {visible(words.version(decision.rulebook, decision.rulebook_version_number))}
        </bdi>
        <bdi>{visible(decision.ruleset)}</bdi>
      </div>
      {decision.late && (
        <p className={css.late}>
          <Icon name="warn" size={14} />
          {words.late}
        </p>
      )}
      <ol className={css.stations} aria-label={words.path}>
        {stationsOf(detail).map((station, i, all) => (
          <StationItem key={station.key} station={station} next={all[i + 1]} />
        ))}
      </ol>
    </section>
  );
}

function StationItem({ station, next }: { station: Station; next: Station | undefined }) {
  const reached = !Number.isNaN(station.at);
  return (
    <li data-reached={reached}>
      <b>{words[station.key]}</b>
      <small className="num">{reached ? clockMillis(station.at) : words.notYet}</small>
      {next && !Number.isNaN(next.took) && <span className={css.took}>{duration(next.took)}</span>}
    </li>
  );
}

function EventCard({ matched, alone }: { matched: Matched; alone: boolean }) {
  const received = receivedOf(matched.body);
  const subject = subjectOf(matched.body);
  return (
    <Card
      title={words.matched(1)}
      label={alone ? words.matched(1) : words.eventLabel(matched.binding)}
      {...(!alone && { sub: <code className="mono">{matched.binding}</code> })}
      right={
        <ButtonLink small to={`/events/${encodeURIComponent(matched.id)}`}>
          {words.openEvent}
        </ButtonLink>
      }
    >
      <div className={css.body}>
        {subject && (
          <div className={css.strong}>
            <bdi>{visible(subject)}</bdi>
          </div>
        )}
        <dl className={css.facts}>
          {sourceOf(matched.body) && (
            <>
              <dt>{text.events.stream}</dt>
              <dd className="ell">
                <bdi>{visible(sourceOf(matched.body))}</bdi>
              </dd>
            </>
          )}
          <dt>{text.events.received}</dt>
          <dd className="mono">{Number.isNaN(received) ? '–' : clockMillis(received)}</dd>
          <dt>{text.events.id}</dt>
          <dd className="mono ell" title={matched.id}>
            {matched.id}
          </dd>
        </dl>
        <Json value={matched.body} label={words.payload} folded={['meta']} />
      </div>
    </Card>
  );
}

function RuleCard({ detail }: { detail: Detail }) {
  const { decision } = detail;
  const [shown, setShown] = useState(0);
  const line = timelineOf(detail);
  const several = detail.matched.length > 1 && detail.matched.length <= MOST_TREES;
  const matched = detail.matched[several ? shown : 0];
  return (
    <Card title={words.why} sub={words.whySub}>
      <div className={css.body}>
        <div className={css.strong}>
          <bdi>{visible(decision.rule)}</bdi>
        </div>
        <dl className={css.facts}>
          <dt>{words.ruleset}</dt>
          <dd>
            <bdi>{visible(decision.ruleset)}</bdi>
          </dd>
          <dt>{text.activations.rulebook}</dt>
          <dd className="mono">
            <bdi>{visible(words.version(decision.rulebook, decision.rulebook_version_number))}</bdi>
          </dd>
        </dl>
        {line && <Timeline line={line} />}
        {several && (
          <Segmented
            label={words.treeOf}
            value={String(shown)}
            options={detail.matched.map((one, i) => [String(i), one.binding] as const)}
            onChange={(key) => setShown(Number(key))}
          />
        )}
        {matched ? <Why key={matched.id} detail={detail} event={matched.id} /> : null}
      </div>
    </Card>
  );
}

/** The condition as the engine saw it, with what this event made of each part. */
function Why({ detail: { decision }, event: id }: { detail: Detail; event: string }) {
  const event = useQuery({ ...eventQuery(id), retry: false });
  const said = event.data?.explanations
    .find((one) => one.activation_id === decision.activation_id)
    ?.rules.find((one) => one.ruleset === decision.ruleset && one.rule === decision.rule);
  if (!said) return event.isLoading ? <Skeleton rows={3} /> : <p className="dimmer">{words.noTrace}</p>;
  return (
    <>
      <div>
        <h3>{words.condition}</h3>
        <Trace tree={said.tree} label={words.condition} />
      </div>
      {said.because && <p className={css.fate}>{visible(said.because)}</p>}
    </>
  );
}
