import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { duration } from '@/shared/format/number';
import { millis } from '@/shared/format/time';
import { decisionsChannel } from '@/shared/live/channels';
import { useLive } from '@/shared/live/context';
import { activationsQuery, decisionsQuery, type Decision, type Page } from '@/shared/queries';
import { useView } from '@/shared/search';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { useFocusKey, useRows } from '@/shared/ui/keys';
import { Loaded, Note, Pager, Table } from '@/shared/ui/List';
import { Status } from '@/shared/ui/Status';
import { Moment } from '@/shared/ui/Time';
import css from './Decisions.module.css';
import { countFresh, isFiltered, requestOf, viewOf, type View } from './decisions';

const words = text.decisions;
const FIRST_FILTER = 'decisions-rule';

export default function DecisionsPage() {
  const [view, setView] = useView(viewOf);
  const query = useQuery(decisionsQuery(requestOf(view)));
  const fresh = countFresh(view, query.data?.results, useLive(decisionsChannel));
  useFocusKey(FIRST_FILTER);
  return (
    <div className="page">
      <Filters view={view} onChange={(change) => setView({ ...change, page: undefined })} />
      {fresh > 0 && (
        <button type="button" className={css.fresh} onClick={() => void query.refetch()}>
          {words.fresh(fresh)}
        </button>
      )}
      <Card title={words.title}>
        <Loaded
          query={query}
          isEmpty={(page) => page.results.length === 0}
          empty={<Empty view={view} clear={setView} />}
        >
          {(page) => (
            <>
              <Rows page={page} />
              <Pager
                page={view.page ?? 1}
                pageSize={page.page_size}
                count={page.count}
                onPage={(next) => setView({ page: next })}
              />
            </>
          )}
        </Loaded>
      </Card>
    </div>
  );
}

function Empty({ view, clear }: { view: View; clear(view: View): void }) {
  if (!isFiltered(view)) {
    return (
      <Note icon="decision" title={words.empty}>
        <p>{words.emptyHint}</p>
      </Note>
    );
  }
  const none = {
    rule: undefined,
    status: undefined,
    activation: undefined,
    event: undefined,
    page: undefined,
  };
  return (
    <Note icon="search" title={words.noMatch}>
      <Button onClick={() => clear(none)}>{text.action.clear}</Button>
    </Note>
  );
}

function Filters({ view, onChange }: { view: View; onChange(change: View): void }) {
  const activations: UseQueryResult<Page<{ id: number; name: string }>> = useQuery(activationsQuery());
  return (
    <div className={css.filters} role="search">
      <label>
        {words.filter.rule}
        <input
          id={FIRST_FILTER}
          value={view.rule ?? ''}
          onChange={(event) => onChange({ rule: event.target.value })}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
      </label>
      <label>
        {words.filter.status}
        <select value={view.status ?? ''} onChange={(event) => onChange({ status: event.target.value })}>
          <option value="">{words.any}</option>
          {words.statuses.map((status) => (
            <option key={status} value={status}>
              {text.state(status)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.filter.activation}
        <select
          value={view.activation ?? ''}
          onChange={(event) => onChange({ activation: event.target.value })}
        >
          <option value="">{words.any}</option>
          {activations.data?.results.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.filter.event}
        <input
          data-wide
          value={view.event ?? ''}
          onChange={(event) => onChange({ event: event.target.value.trim() })}
        />
      </label>
      {isFiltered(view) && (
        <Button
          onClick={() =>
            onChange({ rule: undefined, status: undefined, activation: undefined, event: undefined })
          }
        >
          {text.action.clear}
        </Button>
      )}
    </div>
  );
}

function Rows({ page }: { page: Page<Decision> }) {
  const navigate = useNavigate();
  const rows = page.results;
  const active = useRows(rows.length, (row) => void navigate({ to: `/decisions/${rows[row]?.id}` }));
  return (
    <Table label={words.title}>
      <thead>
        <tr>
          <th>{words.time}</th>
          <th>{words.rule}</th>
          <th>{words.activation}</th>
          <th data-right>{words.events}</th>
          <th>{words.actions}</th>
          <th>{words.state}</th>
          <th data-right>{text.overview.time}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((decision, i) => (
          <tr key={decision.id} data-active={i === active || undefined}>
            <td>
              <Moment at={decision.committed_at} />
            </td>
            <td>
              <Link to={`/decisions/${decision.id}`}>{decision.rule}</Link>{' '}
              <span className="dimmer">{decision.ruleset}</span>
            </td>
            <td>
              <Link to={`/activations/${decision.activation_id}`}>{decision.activation_name}</Link>{' '}
              <span className="dimmer mono">
                {words.version(decision.rulebook, decision.rulebook_version_number)}
              </span>
            </td>
            <td data-right>{decision.event_ids.length}</td>
            <td data-wide className="mono dim">
              {decision.actions.join(', ') || '–'}
            </td>
            <td>
              <Status state={decision.status} kind="action" />
            </td>
            <td data-right className="dim">
              {duration(millis(decision.committed_at) - millis(decision.at))}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
