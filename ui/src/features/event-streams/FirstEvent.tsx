import { useQuery } from '@tanstack/react-query';
import { eventQuery } from '@/shared/queries';
import { text } from '@/shared/text/en';
import { ButtonLink } from '@/shared/ui/Button';
import { Icon } from '@/shared/ui/Icon';
import { Json } from '@/shared/ui/Json';
import { Status } from '@/shared/ui/Status';
import { Ago } from '@/shared/ui/Time';
import { requestsQuery, type EventStream } from './queries';
import { firstOf } from './requests';
import { RequestDetail } from './RequestDetail';
import css from './Streams.module.css';

const words = text.streams.wizard;
const EVERY = 1_000;

/** Waits for the first event of a stream, and shows it; or why what came was refused. */
export function FirstEvent({ stream }: { stream: EventStream }) {
  const requests = useQuery(requestsQuery(stream.id, EVERY)).data?.requests ?? [];
  const { accepted, refused } = firstOf(requests);
  if (accepted?.event_id) {
    return (
      <div className={css.first} role="status" data-first="accepted">
        <p className={css.good}>
          <Icon name="check" size={18} />
          <b>{words.arrived}</b>
          <Ago at={accepted.at} />
        </p>
        <Body id={accepted.event_id} />
        <div className={css.row}>
          <ButtonLink to={`/events/${accepted.event_id}`}>{words.showEvent}</ButtonLink>
          <ButtonLink to="/events" search={{ stream: String(stream.id), sel: accepted.event_id } as never}>
            {words.showEvents}
          </ButtonLink>
          <ButtonLink to="/rulebooks">{words.writeRule}</ButtonLink>
        </div>
      </div>
    );
  }
  return (
    <div className={css.first} role="status" data-first={refused ? 'refused' : 'waiting'}>
      {refused && (
        <>
          <p className={css.bad}>
            <Status state="failed" label={`${refused.status} ${words.refused}`} />
            <Ago at={refused.at} />
          </p>
          <RequestDetail request={refused} />
        </>
      )}
      {accepted && <p>{words.repeated}</p>}
      <p className={css.waiting}>
        <i aria-hidden />
        <b>{words.wait}</b>
      </p>
      <p className="dim">{words.waitHint}</p>
    </div>
  );
}

function Body({ id }: { id: string }) {
  const event = useQuery(eventQuery(id)).data;
  return event ? <Json value={event.body} label={text.events.payload} open={3} folded={['meta']} /> : null;
}
