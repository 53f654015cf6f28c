import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { components } from '@/api/schema';
import { ProblemError } from '@/api/problem';
import { subjectOf } from '@/shared/event';
import { visible } from '@/shared/format/harmless';
import { eventQuery } from '@/shared/queries';
import { text } from '@/shared/text/en';
import { ButtonLink } from '@/shared/ui/Button';
import { Copyable } from '@/shared/ui/Code';
import { Icon } from '@/shared/ui/Icon';
import { Json } from '@/shared/ui/Json';
import { Loaded, Note } from '@/shared/ui/List';
import { Facts, Panel, Section } from '@/shared/ui/Panel';
import { Status } from '@/shared/ui/Status';
import { Moment } from '@/shared/ui/Time';
import { rulesThatMatched } from './EventPage';
import css from './Event.module.css';
import { EventTools } from './EventTools';
import { RuleList } from './RuleList';

type Event = components['schemas']['Event'];

const words = text.events;

interface Props {
  id: string;
  onClose(): void;
  onPick(path: readonly (string | number)[], value: unknown): void;
}

/** One event beside the tape: what it says, what every rule said to it, what came of it. */
export function EventPanel({ id, onClose, onPick }: Props) {
  const query = useQuery(eventQuery(id));
  const event = query.data;
  return (
    <Panel
      label={words.one}
      above={event && <Matched event={event} />}
      title={<bdi>{visible(event ? subjectOf(event.body) : '') || words.one}</bdi>}
      tools={
        <>
          <ButtonLink small to={`/events/${encodeURIComponent(id)}`}>
            <Icon name="arrow" size={12} />
            {words.openPage}
          </ButtonLink>
          {event && <EventTools event={event} />}
        </>
      }
      onClose={onClose}
    >
      {query.error instanceof ProblemError && query.error.status === 404 ? (
        <Note icon="event" title={words.gone} compact>
          <p>{words.goneHint}</p>
        </Note>
      ) : (
        <Loaded query={query}>{(found) => <Content event={found} onPick={onPick} />}</Loaded>
      )}
    </Panel>
  );
}

function Matched({ event }: { event: Event }) {
  const count = rulesThatMatched(event);
  return <Status state={count > 0 ? 'successful' : 'none'} label={words.matchedCount(count)} />;
}

function Content({ event, onPick }: { event: Event; onPick: Props['onPick'] }) {
  // A big payload is laid out once, not with every look at the clock.
  const payload = useMemo(
    () => <Json value={event.body} label={words.payload} folded={['meta']} onPick={onPick} />,
    // The way to narrow the search is the same for as long as the panel is open.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [event.body],
  );
  return (
    <>
      <Facts
        rows={[
          [words.received, <Moment key="at" at={event.received_at} />],
          [words.id, <Copyable key="id" value={event.id} label={words.id} />],
          [words.stream, <bdi key="stream">{visible(event.event_stream_name ?? '–')}</bdi>],
        ]}
      />
      <Section title={words.rules}>
        <RuleList event={event} />
      </Section>
      {event.decisions.length > 0 && (
        <Section title={words.decisions}>
          <ul className={css.decisions}>
            {event.decisions.map((decision) => (
              <li key={decision.id}>
                <Link to={`/decisions/${decision.id}`}>
                  <b className="ell">
                    <bdi>{visible(decision.rule)}</bdi>
                  </b>
                  <span className="dimmer ell">{decision.actions.join(', ')}</span>
                  <Status state={decision.status} kind="action" />
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={words.payload}>{payload}</Section>
    </>
  );
}
