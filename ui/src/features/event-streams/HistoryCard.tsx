import { useQuery } from '@tanstack/react-query';
import { bytes, integer } from '@/shared/format/number';
import { text } from '@/shared/text/en';
import { Card } from '@/shared/ui/Card';
import { Status } from '@/shared/ui/Status';
import { Ago } from '@/shared/ui/Time';
import detail from '@/shared/ui/Detail.module.css';
import { historyQuery, type EventStream } from './queries';
import css from './Streams.module.css';

const words = text.streams.history;

/** How much of a stream is kept where, and what ails the archive. */
export function HistoryCard({ stream }: { stream: EventStream }) {
  const history = useQuery(historyQuery(stream.id)).data;
  if (!history) return null;
  return (
    <Card title={words.title}>
      <div className={detail.body}>
        {history.trouble !== null && (
          <div className={css.problem} role="alert">
            <Status state="error" label={words.trouble} /> <Ago at={history.trouble_since} />
            <p>{history.trouble}</p>
            <p className="dim">{words.troubleHint}</p>
          </div>
        )}
        <dl className={detail.facts}>
          <dt>{words.live}</dt>
          <dd className="num">{text.rows(history.live_events).replace('row', 'event')}</dd>
          <dt>{words.archived}</dt>
          <dd className="num">
            {words.archivedValue(integer(history.archived_events), bytes(history.archived_bytes))}
          </dd>
          {history.archived_from !== null && (
            <>
              <dt>{words.reaches}</dt>
              <dd>
                <Ago at={history.archived_from} />
              </dd>
            </>
          )}
          <dt>{words.waiting}</dt>
          <dd>
            {history.waiting_since === null ? words.nothingWaits : <Ago at={history.waiting_since} bare />}
          </dd>
          {history.lost_events > 0 && (
            <>
              <dt>{words.lost}</dt>
              <dd className="num">{integer(history.lost_events)}</dd>
            </>
          )}
        </dl>
      </div>
    </Card>
  );
}
