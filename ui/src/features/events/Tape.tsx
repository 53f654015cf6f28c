import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { integer, rate } from '@/shared/format/number';
import { statsChannel } from '@/shared/live/channels';
import { useLive, useLiveStatus, useLiveStore } from '@/shared/live/context';
import { recordedStreamsQuery } from '@/shared/queries';
import { text } from '@/shared/text/en';
import { Button, ButtonLink } from '@/shared/ui/Button';
import { useStaleness } from '@/shared/ui/Connection';
import { Icon } from '@/shared/ui/Icon';
import { Note, ProblemNote, Skeleton } from '@/shared/ui/List';
import { matchesChannel, tailChannel } from './channels';
import css from './Events.module.css';
import { freshOf, rateOf, rowOfHistory, tapeOf, type Row, type View } from './events';
import type { Change } from './EventsPage';
import { storedQuery } from './queries';
import { Rows } from './Rows';

const words = text.events;
/** Below this the reader is at the top: the tape flows. */
const TOP = 8;

/** Events as they arrive. Whoever scrolls away from the top keeps what is read; it flows again at the top. */
export function Tape({ view, onChange }: { view: View; onChange: Change }) {
  const box = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<readonly Row[]>();
  const streams = useQuery(recordedStreamsQuery()).data?.results;
  const chosen = useMemo(() => {
    if (!view.stream || !streams) return undefined;
    const ids = new Set(view.stream.split(','));
    return new Set(streams.filter((one) => ids.has(one.key)).map((one) => one.name));
  }, [view.stream, streams]);
  const [only] = chosen?.size === 1 ? chosen : [];
  const stored = useQuery(storedQuery(view.stream));
  const arrived = useLive(useMemo(() => tailChannel(only), [only]));
  const matches = useLive(matchesChannel);
  const flowing = useMemo(
    () => tapeOf(stored.data?.results.map(rowOfHistory) ?? [], arrived, chosen, matches),
    [stored.data, arrived, chosen, matches],
  );
  const stale = useStaleness() > 0;
  const rows = held ?? flowing;
  const fresh = held ? freshOf(flowing, held) : 0;
  const back = () => {
    setHeld(undefined);
    if (box.current) box.current.scrollTop = 0;
  };
  if (rows.length === 0) {
    if (stored.error) return <ProblemNote problem={stored.error} retry={() => void stored.refetch()} />;
    return stored.data ? <Nothing view={view} /> : <Skeleton rows={12} />;
  }
  return (
    <>
      <Flow rows={flowing} streams={chosen} frozen={held !== undefined} />
      <Rows
        rows={rows}
        box={box}
        open={view.sel}
        onOpen={(sel) => onChange({ sel })}
        onScroll={(top) => {
          if (top > TOP && held === undefined) setHeld(flowing);
          if (top <= TOP && held !== undefined) setHeld(undefined);
        }}
        stale={stale}
        pill={
          held && (
            <button type="button" className={css.pill} onClick={back}>
              {fresh > 0 ? words.fresh(fresh) : words.backToLive}
            </button>
          )
        }
      />
    </>
  );
}

interface FlowProps {
  rows: readonly Row[];
  streams: ReadonlySet<string> | undefined;
  frozen: boolean;
}

/** How fast they come, and how much of it is not shown. */
function Flow({ rows, streams, frozen }: FlowProps) {
  const store = useLiveStore();
  const { paused } = useLiveStatus();
  const { ticks } = useLive(statsChannel);
  const { perSecond, sampledAway } = rateOf(ticks, rows, streams);
  return (
    <div className={css.flow}>
      <b className="num">{text.live.rate(rate(perSecond))}</b>
      <span className={`${css.dimmed} ell`}>
        {sampledAway > 0 ? words.sampled(sampledAway) : words.complete}
        {' · '}
        {words.held(integer(rows.length))}
      </span>
      <span className={css.grow} />
      {frozen && !paused && <span className={css.frozen}>{words.frozen}</span>}
      <Button small aria-pressed={paused} onClick={() => store.pause(!paused)}>
        <Icon name={paused ? 'play' : 'pause'} size={12} />
        {paused ? words.resume : words.pause}
      </Button>
    </div>
  );
}

function Nothing({ view }: { view: View }) {
  return (
    <Note icon="event" title={view.stream ? words.emptyStreams : words.empty}>
      <p>{words.emptyHint}</p>
      <ButtonLink to="/event-streams">{text.overview.toStreams}</ButtonLink>
    </Note>
  );
}
