import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { components } from '@/api/schema';
import { eventQuery } from '@/shared/queries';
import { text } from '@/shared/text/en';
import { Card } from '@/shared/ui/Card';
import { Copyable } from '@/shared/ui/Code';
import { Json } from '@/shared/ui/Json';
import { Loaded, Note } from '@/shared/ui/List';
import { Status } from '@/shared/ui/Status';
import { Moment } from '@/shared/ui/Time';
import { EventTools } from './EventTools';
import { RuleList } from './RuleList';
import css from './Event.module.css';
import { visible } from '@/shared/format/harmless';

type Event = components['schemas']['Event'];

const words = text.events;

/** One event, and what every rule that could see it said to it: why, and why not. */
export default function EventPage() {
  const id = useParams({ strict: false, select: (parameters: { id?: string }) => parameters.id ?? '' });
  const query = useQuery(eventQuery(id));
  return <div className="page">{<Loaded query={query}>{(event) => <Content event={event} />}</Loaded>}</div>;
}

function Content({ event }: { event: Event }) {
  return (
    <div className={css.two}>
      <div className={css.column}>
        <Card title={words.one}>
          <div className={css.body}>
            <dl className={css.facts}>
              <dt>{words.id}</dt>
              <dd>
                <Copyable value={event.id} label={words.id} />
              </dd>
              <dt>{words.stream}</dt>
              <dd>
                <bdi>{visible(event.event_stream_name ?? '–')}</bdi>
              </dd>
              <dt>{words.received}</dt>
              <dd>
                <Moment at={event.received_at} />
              </dd>
            </dl>
            <div className={css.eventTools}>
              <EventTools event={event} />
            </div>
            <Json value={event.body} label={words.payload} />
          </div>
        </Card>
      </div>
      <div className={css.column}>
        <RulesCard event={event} />
        <DecisionsCard event={event} />
      </div>
    </div>
  );
}

/** How many rules decided on it. */
export function rulesThatMatched(event: Event): number {
  return new Set(event.decisions.map((one) => `${one.activation_id} ${one.ruleset} ${one.rule}`)).size;
}

function RulesCard({ event }: { event: Event }) {
  return (
    <Card title={words.rules} sub={words.matchedCount(rulesThatMatched(event))}>
      <div className={css.body}>
        <RuleList event={event} />
      </div>
    </Card>
  );
}

function DecisionsCard({ event }: { event: Event }) {
  return (
    <Card title={words.decisions}>
      {event.decisions.length === 0 ? (
        <Note icon="decision" title={words.noDecisions} compact>
          <p>{words.noDecisionsHint}</p>
        </Note>
      ) : (
        <div className={css.body}>
          <ul className={css.decisions}>
            {event.decisions.map((decision) => (
              <li key={decision.id}>
                <Link to={`/decisions/${decision.id}`}>
                  <b>
                    <bdi>{visible(decision.rule)}</bdi>
                  </b>
                  <bdi className="dimmer ell">{visible(decision.activation_name)}</bdi>
                  <Status state={decision.status} kind="action" />
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  );
}
