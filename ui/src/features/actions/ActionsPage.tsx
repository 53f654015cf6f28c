import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { activationsQuery } from '@/shared/queries';
import { SPANS } from '@/shared/listView';
import { useView } from '@/shared/search';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { useStaleness } from '@/shared/ui/Connection';
import { ChoiceFilter, Filters, TextFilter } from '@/shared/ui/Filters';
import { useFocusKey, useLetter, useOpenRow } from '@/shared/ui/keys';
import { More, Note, ProblemNote, Skeleton, Table } from '@/shared/ui/List';
import { Split } from '@/shared/ui/Panel';
import { Sorted } from '@/shared/ui/Sorted';
import { Status } from '@/shared/ui/Status';
import { Tabs } from '@/shared/ui/Tabs';
import { Moment } from '@/shared/ui/Time';
import { useNow } from '@/shared/ui/useNow';
import css from './Actions.module.css';
import {
  isFiltered,
  NO_FILTERS,
  requestOf,
  STATES,
  stillShown,
  TABS,
  targetOf,
  toggled,
  viewOf,
  type Tab,
  type Task,
  type View,
} from './actions';
import { Bulk } from './Bulk';
import { Next } from './Next';
import { countsQuery, tasksQuery } from './queries';
import { TaskPanel } from './TaskPanel';
import { visible } from '@/shared/format/harmless';

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
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
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
      <Narrow view={view} onChange={onChange} />
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
            <Bulk chosen={stillShown(chosen, rows)} onClear={() => setChosen(new Set())} />
            <Rows
              rows={rows}
              view={view}
              onChange={onChange}
              chosen={chosen}
              onChoose={(ids) => setChosen((before) => toggled(before, ids))}
            />
            <More query={query} shown={rows.length} count={query.data.pages.at(-1)?.count ?? 0} />
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

function Narrow({ view, onChange }: { view: View; onChange: Change }) {
  const activations = useQuery(activationsQuery()).data?.results ?? [];
  const states = STATES[view.tab];
  return (
    <Filters filtered={isFiltered(view)} onClear={() => onChange(NO_FILTERS)}>
      <TextFilter
        id={FIRST_FILTER}
        label={words.rule}
        value={view.rule}
        onChange={(rule) => onChange({ rule })}
      />
      <TextFilter
        label={words.action}
        value={view.action}
        onChange={(action) => onChange({ action: action.trim() })}
      />
      <ChoiceFilter
        label={words.activation}
        any={words.any}
        value={view.activation}
        options={activations.map((one) => [one.id, one.name])}
        onChange={(activation) => onChange({ activation })}
      />
      <TextFilter label={words.lock} value={view.lock} onChange={(lock) => onChange({ lock })} />
      <ChoiceFilter
        label={words.made}
        any={words.anyTime}
        value={view.t}
        options={SPANS.map((span) => [span, words.spans[span]])}
        onChange={(t) => onChange({ t })}
      />
      {states.length > 1 && (
        <ChoiceFilter
          label={words.state}
          any={words.any}
          value={view.state}
          options={states.map((state) => [state, text.state(state)])}
          onChange={(state) => onChange({ state })}
        />
      )}
    </Filters>
  );
}

interface RowsProps {
  rows: readonly Task[];
  view: View;
  onChange: Change;
  chosen: ReadonlySet<string>;
  onChoose(ids: readonly string[]): void;
}

function Rows({ rows, view, onChange, chosen, onChoose }: RowsProps) {
  const names = useQuery(activationsQuery()).data?.results ?? [];
  const nameOf = new Map(names.map((one) => [one.id, one.name]));
  const active = useOpenRow(
    rows.map((row) => row.id),
    view.sel,
    (sel) => onChange({ sel }),
  );
  useLetter('x', () => active && onChoose([active]));
  const ids = rows.map((row) => row.id);
  const order = { sort: view.sort, onSort: (sort: string) => onChange({ sort }) };
  return (
    <Table label={words.title}>
      <thead>
        <tr>
          <th className={css.choice}>
            <input
              type="checkbox"
              aria-label={words.bulk.all}
              checked={ids.every((id) => chosen.has(id))}
              onChange={() => onChoose(ids)}
            />
          </th>
          <Sorted name={words.made} by="created_at" minor {...order} />
          <th>{words.state}</th>
          <Sorted name={words.action} by="action" {...order} />
          <th data-minor>{words.target}</th>
          <Sorted name={words.rule} by="rule" minor {...order} />
          <th data-minor>{words.activation}</th>
          <th data-right data-minor>
            {words.attempt}
          </th>
          <Sorted name={words.next} by="due_at" {...order} />
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
            <td className={css.choice} onClick={(event) => event.stopPropagation()}>
              <input
                type="checkbox"
                aria-label={words.bulk.choose(task.action, task.rule)}
                checked={chosen.has(task.id)}
                onChange={() => onChoose([task.id])}
              />
            </td>
            <td data-minor>
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
            <td data-wide data-minor className="mono dim">
              <bdi>{visible(targetOf(task) || '–')}</bdi>
            </td>
            <td data-wide data-minor>
              <bdi>{visible(task.rule)}</bdi>
            </td>
            <td data-wide data-minor className="dim">
              <bdi>
                {visible(nameOf.get(task.activation_id) ?? words.activationNumber(task.activation_id))}
              </bdi>
            </td>
            <td data-right data-minor>
              {words.attemptOf(task.attempt, task.attempts)}
            </td>
            <td className="dim">
              <Next task={task} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
