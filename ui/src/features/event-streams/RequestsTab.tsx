import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { visible } from '@/shared/format/harmless';
import { bytes, integer } from '@/shared/format/number';
import { text } from '@/shared/text/en';
import { Card } from '@/shared/ui/Card';
import { Loaded, Note, Table } from '@/shared/ui/List';
import { Segmented } from '@/shared/ui/Segmented';
import { Status } from '@/shared/ui/Status';
import { Ago, Moment } from '@/shared/ui/Time';
import detail from '@/shared/ui/Detail.module.css';
import { requestsQuery, type EventStream, type Request } from './queries';
import { RequestDetail } from './RequestDetail';
import { chosenOf, isAccepted, keyOf, type Verdict } from './requests';
import css from './Streams.module.css';

const words = text.streams.requests;

interface Props {
  stream: EventStream;
  verdict: Verdict;
  /** The open request. */
  open: string | undefined;
  onVerdict(verdict: Verdict): void;
  onOpen(key: string | undefined): void;
}

/** The tap: what came lately, taken or not. */
export function RequestsTab({ stream, verdict, open, onVerdict, onOpen }: Props) {
  const query = useQuery(requestsQuery(stream.id));
  return (
    <Card
      title={words.title}
      right={
        <Segmented
          label={words.verdict}
          value={verdict}
          options={[
            ['any', words.any],
            ['accepted', words.accepted],
            ['refused', words.refused],
          ]}
          onChange={onVerdict}
        />
      }
    >
      <Loaded
        query={query}
        isEmpty={(heard) => heard.requests.length === 0}
        empty={
          <Note icon="inbox" title={words.empty} compact>
            <p>{words.emptyHint}</p>
          </Note>
        }
      >
        {(heard) => <Rows requests={chosenOf(heard.requests, verdict)} open={open} onOpen={onOpen} />}
      </Loaded>
      <p className={css.note}>
        {words.since} <Ago at={query.data?.heard_since} />. {words.sinceHint}
      </p>
    </Card>
  );
}

function Rows({ requests, open, onOpen }: { requests: readonly Request[] } & Pick<Props, 'open' | 'onOpen'>) {
  if (requests.length === 0) return <Note icon="search" title={words.noMatch} compact />;
  return (
    <Table label={words.title}>
      <thead>
        <tr>
          <th>{words.time}</th>
          <th>{words.answer}</th>
          <th data-right>{words.size}</th>
          <th>{words.what}</th>
          <th>{words.event}</th>
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => {
          const key = keyOf(request);
          return (
            <Fragment key={key}>
              <tr data-active={key === open || undefined}>
                <td>
                  <button
                    type="button"
                    className={css.opener}
                    aria-expanded={key === open}
                    onClick={() => onOpen(key === open ? undefined : key)}
                  >
                    <Moment at={request.at} />
                  </button>
                </td>
                <td>
                  <Status
                    state={isAccepted(request) ? 'succeeded' : 'failed'}
                    label={String(request.status)}
                  />
                </td>
                <td data-right>{bytes(request.size)}</td>
                <td data-wide title={request.reason}>
                  {request.reason ? visible(request.reason) : words.events(request.event_count)}
                </td>
                <td>
                  {request.event_id && (
                    <Link to={`/events/${encodeURIComponent(request.event_id)}`}>{words.event}</Link>
                  )}
                </td>
              </tr>
              {key === open && (
                <tr className={css.opened}>
                  <td colSpan={5}>
                    <RequestDetail request={request} />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </Table>
  );
}

/** How all requests were answered so far. */
export function AnswersCard({ stream }: { stream: EventStream }) {
  const answers = useQuery(requestsQuery(stream.id)).data?.answers ?? [];
  return (
    <Card title={words.answers}>
      <div className={detail.body}>
        {answers.length === 0 && <p className="dimmer">{words.noAnswers}</p>}
        <ul className={css.answers}>
          {answers.map((answer) => (
            <li key={answer.status}>
              <Status state={answer.status < 300 ? 'succeeded' : 'failed'} label={String(answer.status)} />
              <span className="dim">{words.statuses[answer.status]}</span>
              <b className="num">{integer(answer.requests)}</b>
              <Ago at={answer.last_at} />
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
