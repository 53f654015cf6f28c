import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { visible } from '@/shared/format/harmless';
import { useView } from '@/shared/search';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { ChoiceFilter, Filters, TextFilter } from '@/shared/ui/Filters';
import { useFocusKey } from '@/shared/ui/keys';
import { More, Note, ProblemNote, Skeleton } from '@/shared/ui/List';
import { Status } from '@/shared/ui/Status';
import { Moment } from '@/shared/ui/Time';
import { LEVELS, logOf, NO_LOG_FILTERS } from './activation';
import css from './Activation.module.css';
import { linesQuery, type LogLine } from './queries';

const words = text.log;
const FIRST_FILTER = 'log-text';
const LOOKS: Readonly<Record<string, string>> = { error: 'failed', warn: 'lost', info: 'queued' };

/** What processes said about it, newest first; new lines come by themselves. */
export function LogCard({ id }: { id: number }) {
  const [view, setView] = useView(logOf);
  const search = useDeferredValue(view.q);
  const query = useInfiniteQuery(linesQuery(id, view.level, search));
  const lines = query.data?.pages.flatMap((page) => page.results);
  const filtered = Boolean(view.level || view.q);
  useFocusKey(FIRST_FILTER);
  return (
    <>
      <Filters card filtered={filtered} onClear={() => setView(NO_LOG_FILTERS)}>
        <TextFilter id={FIRST_FILTER} label={words.search} value={view.q} onChange={(q) => setView({ q })} />
        <ChoiceFilter
          label={words.level}
          any={words.everyLevel}
          value={view.level}
          options={LEVELS.map((level) => [level, words.levels[level]])}
          onChange={(level) => setView({ level: LEVELS.find((one) => one === level) })}
        />
      </Filters>
      <Card title={words.title} sub={words.sub}>
        {lines === undefined ? (
          query.error ? (
            <ProblemNote problem={query.error} retry={() => void query.refetch()} />
          ) : (
            <Skeleton rows={8} />
          )
        ) : lines.length === 0 ? (
          <Note icon={filtered ? 'search' : 'event'} title={filtered ? words.noMatch : words.empty}>
            {filtered ? (
              <Button onClick={() => setView(NO_LOG_FILTERS)}>{text.action.clear}</Button>
            ) : (
              <p>{words.emptyHint}</p>
            )}
          </Note>
        ) : (
          <>
            <ol className={css.lines} aria-label={words.title} tabIndex={0}>
              {lines.map((line, i) => (
                <Line key={`${line.at} ${lines.length - i}`} line={line} />
              ))}
            </ol>
            <More query={query} shown={lines.length} count={query.data?.pages.at(-1)?.count ?? 0} />
          </>
        )}
      </Card>
    </>
  );
}

function Line({ line }: { line: LogLine }) {
  return (
    <li data-level={line.level}>
      <Moment at={line.at} />
      <Status state={LOOKS[line.level] ?? 'waiting'} label={words.names[line.level] ?? line.level} />
      <span className={css.said}>
        <bdi>{visible(line.message)}</bdi>
        {line.details && (
          <small className="mono">
            <bdi>{visible(line.details)}</bdi>
          </small>
        )}
      </span>
      <span className="dimmer ell" title={line.process}>
        {line.logger}
      </span>
    </li>
  );
}
