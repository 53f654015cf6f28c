import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { components } from '@/api/schema';
import { eventQuery } from '@/shared/queries';
import { text } from '@/shared/text/en';
import { Card } from '@/shared/ui/Card';
import { Copyable } from '@/shared/ui/Code';
import { Icon, type IconName } from '@/shared/ui/Icon';
import { Json } from '@/shared/ui/Json';
import { Loaded, Note } from '@/shared/ui/List';
import { Status } from '@/shared/ui/Status';
import { Moment } from '@/shared/ui/Time';
import { Trace } from '@/shared/ui/Trace';
import css from './Event.module.css';

type Event = components['schemas']['Event'];
type RuleSays = components['schemas']['RuleSays'];

const words = text.events;
const LOOKS: Readonly<Record<string, readonly [IconName, string | undefined]>> = {
  true: ['check', css.matches],
  false: ['x', css.not],
  undefined: ['help', css.missing],
  open: ['clock', css.not],
};

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
        <Card title={words.title}>
          <div className={css.body}>
            <dl className={css.facts}>
              <dt>{words.id}</dt>
              <dd>
                <Copyable value={event.id} label={words.id} />
              </dd>
              <dt>{words.stream}</dt>
              <dd>{event.event_stream_name ?? '–'}</dd>
              <dt>{words.received}</dt>
              <dd>
                <Moment at={event.received_at} />
              </dd>
            </dl>
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

function RulesCard({ event }: { event: Event }) {
  const matched = new Set(event.decisions.map((one) => `${one.ruleset} ${one.rule}`)).size;
  return (
    <Card title={words.rules} sub={words.matched(matched)}>
      {event.explanations.length === 0 ? (
        <Note icon="rulebook" title={words.noRules} compact>
          <p>{words.noRulesHint}</p>
        </Note>
      ) : (
        <div className={css.body}>
          {event.explanations.map((says) => (
            <section key={says.activation_id} className={css.column} aria-label={says.activation_name}>
              <h3 className={css.who}>{says.activation_name}</h3>
              {says.rules.map((rule) => (
                <Rule key={`${rule.ruleset} ${rule.rule}`} rule={rule} />
              ))}
            </section>
          ))}
        </div>
      )}
    </Card>
  );
}

function Rule({ rule }: { rule: RuleSays }) {
  const [icon, look] = LOOKS[rule.verdict] ?? ['minus', css.not];
  return (
    <details className={css.rule} open={rule.verdict === 'true'}>
      <summary>
        <span className={look} style={{ display: 'flex' }}>
          <Icon name={icon} size={14} />
        </span>
        <b>{rule.rule}</b>
        <span className="dim">{words.verdict[rule.verdict]}</span>
      </summary>
      <Trace tree={rule.tree} label={rule.rule} />
    </details>
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
                  <b>{decision.rule}</b>
                  <span className="dimmer ell">{decision.activation_name}</span>
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
