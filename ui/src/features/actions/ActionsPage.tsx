import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { activationsQuery } from '@/shared/queries';
import { useView } from '@/shared/search';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { useStaleness } from '@/shared/ui/Connection';
import { useFocusKey, useOpenRow } from '@/shared/ui/keys';
import { Note, ProblemNote, Skeleton, Table } from '@/shared/ui/List';
import { Split } from '@/shared/ui/Panel';
import { Status } from '@/shared/ui/Status';
import { Tabs } from '@/shared/ui/Tabs';
import { Moment } from '@/shared/ui/Time';
import { useNow } from '@/shared/ui/useNow';
import css from './Actions.module.css';
import {
  directionOf,
  isFiltered,
  NO_FILTERS,
  requestOf,
  sortBy,
  SPANS,
  STATES,
  TABS,
  targetOf,
  viewOf,
  type SortKey,
  type Tab,
  type Task,
  type View,
} from './actions';
import { Next } from './Next';
import { countsQuery, tasksQuery } from './queries';
import { TaskPanel } from './TaskPanel';

const words = text.actions;
const FIRST_FILTER = 'actions-rule';
const COUNTED: Partial<Record<Tab, string>> = {
  dead: 'dead_letter',
  running: 'running',
  queued: 'queued',
  waiting: 'waiting',
};

type Change = (change: Partial<View>) => void;

/** What rules made happen: on its way, waiting, done, and what was given up on. */
export default function ActionsPage() {
  const [view, setView] = useView(viewOf);
  useFocusKey(FIRST_FILTER);
  return (
    <Split
      list={<List view={view} onChange={setView} />}
      panel={view.sel && <TaskPanel key={view.sel} id={view.sel} onOpen={(sel) => setView({ sel })} />}
    />
  );
}

function List({ view, onChange }: { view: View; onChange: Change }) {
  const now = useNow();
  const query = useInfiniteQuery(tasksQuery(requestOf(view, now)));
  const counts = useQuery(countsQuery());
  const stale = useStaleness() > 0;
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <>
      <Tabs
        label={words.tabsLabel}
        value={view.tab}
        tabs={TABS.map((key) => {
          const state = COUNTED[key];
          return {
            key,
            label: words.tabs[key],
            count: state && counts.data ? (counts.data[state] ?? 0) : undefined,
            urgent: key === 'dead',
          };
        })}
        onChange={(tab) => onChange({ tab, state: undefined, sel: undefined })}
      />
      <Filters view={view} onChange={onChange} />
      <div className={css.rows} data-stale={stale || undefined}>
        {query.data === undefined ? (
          query.error ? (
            <ProblemNote problem={query.error} retry={() => void query.refetch()} />
          ) : (
            <Skeleton rows={10} />
          )
        ) : rows.length === 0 ? (
          <Empty view={view} onChange={onChange} />
        ) : (
          <>
            <Rows rows={rows} view={view} onChange={onChange} />
            <div className={css.foot}>
              <span className="num">{words.shown(rows.length, query.data.pages.at(-1)?.count ?? 0)}</span>
              {query.hasNextPage && (
                <Button small disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {words.more}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
    </>
  );
}

function Empty({ view, onChange }: { view: View; onChange: Change }) {
  if (isFiltered(view)) {
    return (
      <Note icon="search" title={words.noMatch}>
        <p>{words.noMatchHint(words.tabs[view.tab])}</p>
        <Button onClick={() => onChange(NO_FILTERS)}>{text.action.clear}</Button>
      </Note>
    );
  }
  const well = view.tab === 'dead';
  return (
    <Note icon={well ? 'check' : 'bolt'} {...(well && { tone: 'ok' as const })} title={words.empty[view.tab]}>
      <p>{words.emptyHint[view.tab]}</p>
    </Note>
  );
}

function Filters({ view, onChange }: { view: View; onChange: Change }) {
  const activations = useQuery(activationsQuery());
  const states = STATES[view.tab];
  return (
    <div className={css.filters} role="search">
      <label>
        {words.rule}
        <input
          id={FIRST_FILTER}
          value={view.rule ?? ''}
          onChange={(event) => onChange({ rule: event.target.value })}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
      </label>
      <label>
        {words.action}
        <input
          value={view.action ?? ''}
          onChange={(event) => onChange({ action: event.target.value.trim() })}
        />
      </label>
      <label>
        {words.activation}
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
        {words.lock}
        <input value={view.lock ?? ''} onChange={(event) => onChange({ lock: event.target.value })} />
      </label>
      <label>
        {words.made}
        <select value={view.t ?? ''} onChange={(event) => onChange({ t: event.target.value })}>
          <option value="">{words.anyTime}</option>
          {SPANS.map((span) => (
            <option key={span} value={span}>
              {words.spans[span]}
            </option>
          ))}
        </select>
      </label>
      {states.length > 1 && (
        <label>
          {words.state}
          <select value={view.state ?? ''} onChange={(event) => onChange({ state: event.target.value })}>
            <option value="">{words.any}</option>
            {states.map((state) => (
              <option key={state} value={state}>
                {text.state(state)}
              </option>
            ))}
          </select>
        </label>
      )}
      {isFiltered(view) && <Button onClick={() => onChange(NO_FILTERS)}>{text.action.clear}</Button>}
    </div>
  );
}

function Rows({ rows, view, onChange }: { rows: readonly Task[]; view: View; onChange: Change }) {
  const names = useQuery(activationsQuery()).data?.results ?? [];
  const nameOf = new Map(names.map((one) => [one.id, one.name]));
  const active = useOpenRow(
    rows.map((row) => row.id),
    view.sel,
    (sel) => onChange({ sel }),
  );
  return (
    <Table label={words.title}>
      <thead>
        <tr>
          <Sorted name={words.made} by="created_at" view={view} onChange={onChange} />
          <th>{words.state}</th>
          <Sorted name={words.action} by="action" view={view} onChange={onChange} />
          <th>{words.target}</th>
          <Sorted name={words.rule} by="rule" view={view} onChange={onChange} />
          <th>{words.activation}</th>
          <th data-right>{words.attempt}</th>
          <Sorted name={words.next} by="due_at" view={view} onChange={onChange} />
        </tr>
      </thead>
      <tbody>
        {rows.map((task) => (
          <tr
            key={task.id}
            data-active={task.id === active || undefined}
            aria-selected={task.id === view.sel}
            className={css.row}
            onClick={() => onChange({ sel: task.id })}
          >
            <td>
              <Moment at={task.created_at} />
            </td>
            <td>
              <Status
                state={task.state}
                kind="action"
                {...(task.cancelling && { label: words.cancelling })}
              />
            </td>
            <td>
              <button type="button" className={css.name} onClick={() => onChange({ sel: task.id })}>
                {task.action}
              </button>
            </td>
            <td data-wide className="mono dim">
              <bdi>{targetOf(task) || '–'}</bdi>
            </td>
            <td data-wide>
              <bdi>{task.rule}</bdi>
            </td>
            <td data-wide className="dim">
              <bdi>{nameOf.get(task.activation_id) ?? words.activationNumber(task.activation_id)}</bdi>
            </td>
            <td data-right>{words.attemptOf(task.attempt, task.attempts)}</td>
            <td className="dim">
              <Next task={task} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

interface SortedProps {
  name: string;
  by: SortKey;
  view: View;
  onChange: Change;
}

function Sorted({ name, by, view, onChange }: SortedProps) {
  const direction = directionOf(view.sort, by);
  return (
    <th aria-sort={direction ?? 'none'}>
      <button type="button" className={css.sort} onClick={() => onChange({ sort: sortBy(view.sort, by) })}>
        {name}
        <span aria-hidden>{direction ? (direction === 'ascending' ? '↑' : '↓') : ''}</span>
      </button>
    </th>
  );
}
