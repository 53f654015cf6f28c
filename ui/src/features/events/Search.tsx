import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ProblemError } from '@/api/problem';
import { millis, moment } from '@/shared/format/time';
import { useLiveStatus } from '@/shared/live/context';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { useStaleness } from '@/shared/ui/Connection';
import { Note, ProblemNote, Skeleton } from '@/shared/ui/List';
import { useNow } from '@/shared/ui/useNow';
import css from './Events.module.css';
import { NO_FILTERS, requestOf, rowOfHistory, type View } from './events';
import type { Change } from './EventsPage';
import { searchQuery } from './queries';
import { Rows } from './Rows';

const words = text.events;
/** While the reader is at the top and nothing is paused, what arrives is searched as well. */
const FOLLOW_MILLIS = 5_000;

/** What history holds: the server searches, with the conditions of its own engine. */
export function Search({ view, onChange }: { view: View; onChange: Change }) {
  const box = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const { paused } = useLiveStatus();
  const now = useNow();
  const follows = !away && !paused && view.t !== 'range';
  const query = useInfiniteQuery({
    ...searchQuery(requestOf(view, now)),
    refetchInterval: (state) =>
      follows && (state.state.data?.pages.length ?? 1) === 1 ? FOLLOW_MILLIS : false,
  });
  const stale = useStaleness() > 0;
  if (query.error && (query.error as ProblemError).status === 422) {
    return <WrongQuery problem={query.error as ProblemError} />;
  }
  if (query.data === undefined) {
    if (query.error) return <ProblemNote problem={query.error} retry={() => void query.refetch()} />;
    return <Skeleton rows={12} />;
  }
  const rows = query.data.pages.flatMap((page) => page.results.map(rowOfHistory));
  const scanned = query.data.pages.reduce((sum, page) => sum + page.scanned, 0);
  const reached = query.data.pages.findLast((page) => page.searched_to)?.searched_to;
  const further = query.hasNextPage && (
    <Button small disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {words.further}
    </Button>
  );
  const said = reached
    ? words.searched(scanned, moment(millis(reached), now), !query.hasNextPage)
    : query.hasNextPage
      ? words.searchedIndex
      : words.searchedNothing;
  if (rows.length === 0) {
    return (
      <Note icon="search" title={words.noMatch}>
        <p>{said}</p>
        <div className={css.choices}>
          {further}
          <Button small onClick={() => onChange(NO_FILTERS)}>
            {text.action.clear}
          </Button>
        </div>
      </Note>
    );
  }
  return (
    <>
      <div className={css.flow}>
        <b className="num">{words.found(rows.length, query.hasNextPage)}</b>
        <span className={`${css.dimmed} ell`}>{said}</span>
        <span className={css.grow} />
        {follows && <span className={css.follows}>{words.follows}</span>}
      </div>
      <Rows
        rows={rows}
        box={box}
        open={view.sel}
        onOpen={(sel) => onChange({ sel })}
        onScroll={(top) => setAway(top > 8)}
        stale={stale}
        foot={<div className={css.foot}>{further || words.end}</div>}
      />
    </>
  );
}

/** What the parser of conditions says, with the place. */
function WrongQuery({ problem }: { problem: ProblemError }) {
  return (
    <Note icon="warn" tone="err" title={words.wrongQuery}>
      {problem.fields.length > 0 ? (
        problem.fields.map((field) => (
          <p key={field.pointer}>{words.wrongAt(field.pointer.replace(/^1:/, ''), field.message)}</p>
        ))
      ) : (
        <p>{problem.message}</p>
      )}
      <p className="mono dimmer">{words.queryExample}</p>
    </Note>
  );
}
