import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { duration } from '@/shared/format/number';
import { millis } from '@/shared/format/time';
import { SPANS } from '@/shared/listView';
import { decisionsChannel } from '@/shared/live/channels';
import { useLive } from '@/shared/live/context';
import { activationsQuery, type Decision } from '@/shared/queries';
import { useView } from '@/shared/search';
import { text } from '@/shared/text/en';
import { Button, ButtonLink } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { useStaleness } from '@/shared/ui/Connection';
import { ChoiceFilter, Filters, TextFilter } from '@/shared/ui/Filters';
import { useFocusKey, useRows } from '@/shared/ui/keys';
import { More, Note, ProblemNote, Skeleton, Table } from '@/shared/ui/List';
import { Sorted } from '@/shared/ui/Sorted';
import { Status } from '@/shared/ui/Status';
import { Moment } from '@/shared/ui/Time';
import { useNow } from '@/shared/ui/useNow';
import css from './Decisions.module.css';
import { countFresh, isFiltered, NO_FILTERS, requestOf, viewOf, type View } from './decisions';
import { decisionSlices } from './queries';
import { visible } from '@/shared/format/harmless';

const words = text.decisions;
const FIRST_FILTER = 'decisions-rule';

type Change = (change: Partial<View>) => void;

/** What rules decided, newest first; every filter is the server's and stands in the URL. */
export default function DecisionsPage() {
  const [view, setView] = useView(viewOf);
  const query = useInfiniteQuery(decisionSlices(requestOf(view, useNow())));
  const rows = query.data?.pages.flatMap((page) => page.results);
  const fresh = countFresh(view, rows, useLive(decisionsChannel));
  const stale = useStaleness() > 0;
  useFocusKey(FIRST_FILTER);
  return (
    <div className="page">
      <Narrow view={view} onChange={setView} />
      {fresh > 0 && (
        <button type="button" className={css.fresh} onClick={() => void query.refetch()}>
          {words.fresh(fresh)}
        </button>
      )}
      <Card title={words.title} stale={stale}>
        {rows === undefined ? (
          query.error ? (
            <ProblemNote problem={query.error} retry={() => void query.refetch()} />
          ) : (
            <Skeleton rows={10} />
          )
        ) : rows.length === 0 ? (
          <Empty view={view} onChange={setView} />
        ) : (
          <>
            <Rows rows={rows} view={view} onChange={setView} />
            <More query={query} shown={rows.length} count={query.data?.pages.at(-1)?.count ?? 0} />
          </>
        )}
      </Card>
    </div>
  );
}

function Empty({ view, onChange }: { view: View; onChange: Change }) {
  if (!isFiltered(view)) {
    return (
      <Note icon="decision" title={words.empty}>
        <p>{words.emptyHint}</p>
        <ButtonLink to="/event-streams">{text.overview.toStreams}</ButtonLink>
      </Note>
    );
  }
  return (
    <Note icon="search" title={words.noMatch}>
      <p>{words.noMatchHint}</p>
      <Button onClick={() => onChange(NO_FILTERS)}>{text.action.clear}</Button>
    </Note>
  );
}

function Narrow({ view, onChange }: { view: View; onChange: Change }) {
  const activations = useQuery(activationsQuery()).data?.results ?? [];
  const filter = words.filter;
  return (
    <Filters card filtered={isFiltered(view)} onClear={() => onChange(NO_FILTERS)}>
      <TextFilter
        id={FIRST_FILTER}
        label={filter.rule}
        value={view.rule}
        onChange={(rule) => onChange({ rule })}
      />
      <TextFilter
        label={filter.rulebook}
        value={view.rulebook}
        onChange={(rulebook) => onChange({ rulebook })}
      />
      <TextFilter
        label={filter.version}
        value={view.version}
        onChange={(version) => onChange({ version: version.replace(/\D/g, '') })}
      />
      <ChoiceFilter
        label={filter.activation}
        any={words.any}
        value={view.activation}
        options={activations.map((one) => [one.id, one.name])}
        onChange={(activation) => onChange({ activation })}
      />
      <ChoiceFilter
        label={filter.status}
        any={words.any}
        value={view.status}
        options={words.statuses.map((status) => [status, text.state(status)])}
        onChange={(status) => onChange({ status })}
      />
      <TextFilter
        label={filter.action}
        value={view.action}
        onChange={(action) => onChange({ action: action.trim() })}
      />
      <ChoiceFilter
        label={words.time}
        any={text.actions.anyTime}
        value={view.t}
        options={SPANS.map((span) => [span, text.actions.spans[span]])}
        onChange={(t) => onChange({ t })}
      />
      <TextFilter
        code
        label={filter.event}
        value={view.event}
        onChange={(event) => onChange({ event: event.trim() })}
      />
    </Filters>
  );
}

interface RowsProps {
  rows: readonly Decision[];
  view: View;
  onChange: Change;
}

function Rows({ rows, view, onChange }: RowsProps) {
  const navigate = useNavigate();
  const active = useRows(rows.length, (row) => void navigate({ to: `/decisions/${rows[row]?.id}` }));
  const order = { sort: view.sort, onSort: (sort: string) => onChange({ sort }) };
  return (
    <Table label={words.title}>
      <thead>
        <tr>
          <Sorted name={words.time} by="committed_at" {...order} />
          <Sorted name={words.rule} by="rule" {...order} />
          <Sorted name={words.activation} by="activation_name" minor {...order} />
          <Sorted name={text.activations.rulebook} by="rulebook" minor {...order} />
          <th data-right data-minor>
            {words.events}
          </th>
          <th data-minor>{words.actions}</th>
          <th>{words.state}</th>
          <th data-right data-minor>
            {text.overview.time}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((decision, i) => (
          <tr key={decision.id} data-active={i === active || undefined}>
            <td>
              <Moment at={decision.committed_at} />
            </td>
            <td data-wide>
              <Link to={`/decisions/${decision.id}`}>
                <bdi>{visible(decision.rule)}</bdi>
              </Link>{' '}
              <bdi className="dimmer">{visible(decision.ruleset)}</bdi>
            </td>
            <td data-wide data-minor>
              <Link to={`/activations/${decision.activation_id}`}>
                <bdi>{visible(decision.activation_name)}</bdi>
              </Link>
            </td>
            <td data-wide data-minor className="dim mono">
              <bdi>{visible(words.version(decision.rulebook, decision.rulebook_version_number))}</bdi>
            </td>
            <td data-right data-minor>
              {decision.event_ids.length}
            </td>
            <td data-wide data-minor className="mono dim">
              {decision.actions.join(', ') || '–'}
            </td>
            <td>
              <Status state={decision.status} kind="action" />
            </td>
            <td data-right data-minor className="dim">
              {duration(millis(decision.committed_at) - millis(decision.at))}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
