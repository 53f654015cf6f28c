import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { components } from '@/api/schema';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { curlOfEvent } from '@/shared/curl';
import { visible } from '@/shared/format/harmless';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Icon } from '@/shared/ui/Icon';
import css from './Event.module.css';
import { sendAgain, streamQuery } from './queries';

type Event = components['schemas']['Event'];

const words = text.events.tools;
const COPIED_MILLIS = 1500;

/** What can be done with a recorded event: the command that sends it, and sending it once more. */
export function EventTools({ event }: { event: Event }) {
  const user = useUser();
  const [asking, setAsking] = useState(false);
  const stream = event.event_stream_id;
  if (stream === null) return null;
  return (
    <>
      {may(user, 'read:event_stream') && <CopyAsCurl event={event} stream={stream} />}
      {may(user, 'operate:event_stream') && (
        <Button small aria-expanded={asking} onClick={() => setAsking(!asking)}>
          <Icon name="retry" size={12} />
          {words.again}
        </Button>
      )}
      {asking && <SendAgain event={event} onEnd={() => setAsking(false)} />}
    </>
  );
}

function CopyAsCurl({ event, stream }: { event: Event; stream: number }) {
  const client = useQueryClient();
  const [said, setSaid] = useState<string>();
  const say = (words: string) => {
    setSaid(words);
    setTimeout(() => setSaid(undefined), COPIED_MILLIS);
  };
  const copy = async () => {
    const target = await client.fetchQuery(streamQuery(stream));
    const command = curlOfEvent(target, text.streams.snippets.secretPlace, event.body);
    if (command === undefined) return say(words.notSent);
    await navigator.clipboard.writeText(command);
    say(text.action.copied);
  };
  return (
    <Button small onClick={() => void copy().catch((problem: Error) => say(problem.message))}>
      <Icon name={said === text.action.copied ? 'check' : 'copy'} size={12} />
      <span aria-live="polite">{said ?? words.curl}</span>
    </Button>
  );
}

/** Asks first: what decides on it acts. */
function SendAgain({ event, onEnd }: { event: Event; onEnd(): void }) {
  const send = useMutation({ mutationFn: () => sendAgain(event.id) });
  const name = visible(event.event_stream_name ?? '');
  return (
    <section className={css.again} aria-label={words.again}>
      {send.data ? (
        <p role="status">
          {words.sent} <Link to={`/events/${encodeURIComponent(send.data.event_id)}`}>{words.see}</Link>
        </p>
      ) : (
        <>
          <p>{words.ask}</p>
          {send.error && (
            <p role="alert" className={css.refused}>
              {send.error.message}
            </p>
          )}
          <Button small primary disabled={send.isPending} onClick={() => send.mutate()}>
            <bdi>{words.do(name)}</bdi>
          </Button>
          <Button small onClick={onEnd}>
            {words.leave}
          </Button>
        </>
      )}
    </section>
  );
}
