import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { visible } from '@/shared/format/harmless';
import { millis, moment } from '@/shared/format/time';
import { recordedStreamsQuery } from '@/shared/queries';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Icon } from '@/shared/ui/Icon';
import { Note, ProblemNote, Skeleton } from '@/shared/ui/List';
import { useNow } from '@/shared/ui/useNow';
import { Field, Refused } from './Ask';
import css from './Test.module.css';
import { recentEventsQuery, rehearse } from './queries';
import { readPasted } from './test';
import { TestResult } from './TestResult';

const words = text.rulebooks.test;

interface Props {
  text: string;
  /** Grows with every wish to test from outside, e.g. by its key. */
  asked: number;
  /** Id of a recorded event that is picked from the start. */
  event?: string | undefined;
}

/** Plays recorded or pasted events through the text as it stands. */
export function TestView({ text: rulesets, asked, event: first }: Props) {
  const [stream, setStream] = useState('');
  const [picked, setPicked] = useState<readonly string[]>(first ? [first] : []);
  const [pasted, setPasted] = useState('');
  const [asBody, setAsBody] = useState<boolean>();
  const [variables, setVariables] = useState('');
  const read = readPasted(pasted, asBody);
  const count = picked.length + (read.kind === 'event' ? 1 : 0);
  const ready = count > 0 && read.kind !== 'wrong';
  const play = useMutation({
    mutationFn: async () => ({
      text: rulesets,
      result: await rehearse({
        rulesets,
        event_ids: [...picked],
        ...(variables && { variables }),
        ...(read.kind === 'event' && { events: [read.event] }),
      }),
    }),
  });
  const playIfReady = useEffectEvent(() => {
    if (ready && !play.isPending) play.mutate();
  });
  // Outside system: the key that was pressed in the editor.
  useEffect(() => {
    if (asked > 0) playIfReady();
  }, [asked]);
  const toggle = (id: string) =>
    setPicked((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]));
  return (
    <div className={css.test}>
      <Recorded stream={stream} onStream={setStream} first={first} picked={picked} onToggle={toggle} />
      <Field label={words.paste}>
        <textarea
          className="mono"
          rows={4}
          value={pasted}
          spellCheck={false}
          aria-label={words.pasteLabel}
          aria-invalid={read.kind === 'wrong'}
          aria-describedby="pasted-mistake"
          placeholder={words.pasteHint}
          onChange={(event) => setPasted(event.target.value)}
        />
      </Field>
      <p id="pasted-mistake" role="status" className={css.mistake}>
        {read.kind === 'wrong' ? read.message : ''}
      </p>
      {read.kind === 'event' && (
        <label className={css.check}>
          <input
            type="checkbox"
            checked={read.isBody}
            onChange={(event) => setAsBody(event.target.checked)}
          />
          {words.asBody}
        </label>
      )}
      <details className={css.more}>
        <summary>{words.variables}</summary>
        <textarea
          className={`mono ${css.area}`}
          rows={3}
          value={variables}
          spellCheck={false}
          aria-label={words.variables}
          onChange={(event) => setVariables(event.target.value)}
        />
      </details>
      <div className={css.run}>
        <Button primary disabled={!ready || play.isPending} onClick={() => play.mutate()}>
          {play.isPending ? words.playing : words.play(Math.max(1, count))}
        </Button>
        <span className="dim">{ready ? words.safe : words.nothingPicked}</span>
      </div>
      <Refused title={words.failed} problem={play.error} />
      {play.data ? (
        <TestResult rehearsal={play.data.result} stale={play.data.text !== rulesets} />
      ) : (
        !play.error && (
          <Note icon="play" title={words.empty} compact>
            <p>{words.emptyHint}</p>
          </Note>
        )
      )}
    </div>
  );
}

interface RecordedProps {
  /** Offered although it may be older than those. */
  first: string | undefined;
  stream: string;
  onStream(stream: string): void;
  picked: readonly string[];
  onToggle(id: string): void;
}

/** The newest events of the streams, to choose from. */
function Recorded({ first, stream, onStream, picked, onToggle }: RecordedProps) {
  const now = useNow();
  const streams = useQuery(recordedStreamsQuery()).data?.results ?? [];
  const events = useQuery(recentEventsQuery(stream));
  return (
    <fieldset className={css.recorded}>
      <legend>{words.events}</legend>
      <select aria-label={words.stream} value={stream} onChange={(event) => onStream(event.target.value)}>
        <option value="">{words.anyStream}</option>
        {streams.map((one) => (
          <option key={one.key} value={one.key}>
            {visible(one.name)}
          </option>
        ))}
      </select>
      {first && !events.data?.results.some((one) => one.id === first) && (
        <label className={css.check}>
          <input type="checkbox" checked={picked.includes(first)} onChange={() => onToggle(first)} />
          <bdi>{words.opened}</bdi> <span className="mono dim ell">{visible(first)}</span>
        </label>
      )}
      {events.error && <ProblemNote problem={events.error} retry={() => void events.refetch()} />}
      {events.isPending && <Skeleton rows={4} />}
      {events.data?.results.length === 0 && (
        <Note icon="event" title={words.noEvents} compact>
          <p>{words.noEventsHint}</p>
        </Note>
      )}
      {events.data && events.data.results.length > 0 && (
        <ul className={css.events}>
          {events.data.results.map((event) => (
            <li key={event.id}>
              <label>
                <input
                  type="checkbox"
                  checked={picked.includes(event.id)}
                  aria-label={words.pick(event.subject || words.noSubject)}
                  onChange={() => onToggle(event.id)}
                />
                <time className="mono dim" dateTime={event.received_at}>
                  {moment(millis(event.received_at), now)}
                </time>
                <bdi className="ell">{visible(event.subject) || event.id}</bdi>
                <bdi className="dimmer ell">{visible(event.event_stream_name)}</bdi>
                {event.rules_matched > 0 && (
                  <span className={css.matched}>
                    <Icon name="check" size={11} />
                    {text.events.ruleCount(event.rules_matched)}
                  </span>
                )}
              </label>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
