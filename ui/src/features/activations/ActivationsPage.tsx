import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { visible } from '@/shared/format/harmless';
import { integer } from '@/shared/format/number';
import { useView } from '@/shared/search';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { useStaleness } from '@/shared/ui/Connection';
import { ChoiceFilter, Filters, TextFilter } from '@/shared/ui/Filters';
import { useFocusKey, useRows } from '@/shared/ui/keys';
import { ListCard, More, Note, Table } from '@/shared/ui/List';
import { Sorted } from '@/shared/ui/Sorted';
import { Status } from '@/shared/ui/Status';
import { Ago } from '@/shared/ui/Time';
import { isFiltered, listOf, NO_FILTERS, requestOf, STATUSES, type ListView } from './activation';
import { listQuery, type Activation } from './queries';

const words = text.activations;
const FIRST_FILTER = 'activations-name';

type Change = (change: Partial<ListView>) => void;

export default function ActivationsPage() {
  const [view, setView] = useView(listOf);
  const query = useInfiniteQuery(listQuery(requestOf(view)));
  const stale = useStaleness() > 0;
  useFocusKey(FIRST_FILTER);
  return (
    <div className="page">
      <Narrow view={view} onChange={setView} />
      <ListCard
        title={words.title}
        query={query}
        stale={stale}
        rows={rowsOf}
        {...(query.data && { sub: integer(countOf(query.data)) })}
        empty={<Empty filtered={isFiltered(view)} onClear={() => setView(NO_FILTERS)} />}
      >
        {(data) => (
          <>
            <Rows rows={rowsOf(data)} view={view} onChange={setView} />
            <More query={query} shown={rowsOf(data).length} count={countOf(data)} />
          </>
        )}
      </ListCard>
    </div>
  );
}

interface Pages {
  readonly pages: readonly { readonly count: number; readonly results: readonly Activation[] }[];
}

function rowsOf(data: Pages): readonly Activation[] {
  return data.pages.flatMap((page) => page.results);
}

function countOf(data: Pages): number {
  return data.pages.at(-1)?.count ?? 0;
}

function Narrow({ view, onChange }: { view: ListView; onChange: Change }) {
  return (
    <Filters card filtered={isFiltered(view)} onClear={() => onChange(NO_FILTERS)}>
      <TextFilter id={FIRST_FILTER} label={words.name} value={view.q} onChange={(q) => onChange({ q })} />
      <ChoiceFilter
        label={words.state}
        any={text.actions.any}
        value={view.status}
        options={STATUSES.map((status) => [status, text.state(status)])}
        onChange={(status) => onChange({ status: STATUSES.find((one) => one === status) })}
      />
    </Filters>
  );
}

function Empty({ filtered, onClear }: { filtered: boolean; onClear(): void }) {
  if (filtered) {
    return (
      <Note icon="search" title={words.noMatch}>
        <Button onClick={onClear}>{text.action.clear}</Button>
      </Note>
    );
  }
  return (
    <Note icon="activation" title={words.empty}>
      <p>{words.emptyHint}</p>
    </Note>
  );
}

interface RowsProps {
  rows: readonly Activation[];
  view: ListView;
  onChange: Change;
}

function Rows({ rows, view, onChange }: RowsProps) {
  const navigate = useNavigate();
  const active = useRows(rows.length, (row) => void navigate({ to: `/activations/${rows[row]?.id}` }));
  const order = { sort: view.sort, onSort: (sort: string) => onChange({ sort }) };
  return (
    <Table label={words.title}>
      <thead>
        <tr>
          <Sorted name={words.name} by="name" {...order} />
          <Sorted name={words.state} by="status" {...order} />
          <Sorted name={words.rulebook} by="rulebook_name" minor {...order} />
          <th data-minor>{words.sources}</th>
          <Sorted name={words.events} by="events_seen" right minor {...order} />
          <Sorted name={words.fired} by="decisions_made" right minor {...order} />
          <th data-right>{words.lag}</th>
          <Sorted name={words.restarts} by="restart_count" right minor {...order} />
          <Sorted name={words.since} by="status_since" right minor {...order} />
        </tr>
      </thead>
      <tbody>
        {rows.map((one, i) => (
          <tr key={one.id} data-active={i === active || undefined}>
            <td data-wide>
              <Link to={`/activations/${one.id}`}>
                <bdi>{visible(one.name)}</bdi>
              </Link>
            </td>
            <td title={one.status_message}>
              <Status state={one.status} />
            </td>
            <td data-wide data-minor>
              <Link to={`/rulebooks/${one.rulebook_id}`}>
                <bdi>{visible(one.rulebook_name)}</bdi>
              </Link>
            </td>
            <td data-wide data-minor className="dim">
              <bdi>
                {visible(one.source_mappings.map((source) => source.event_stream_name).join(', ') || '–')}
              </bdi>
            </td>
            <td data-right data-minor>
              {integer(one.events_seen_count)}
            </td>
            <td data-right data-minor>
              {integer(one.rules_fired_count)}
            </td>
            <td data-right>{one.lag === null ? '–' : integer(one.lag)}</td>
            <td data-right data-minor className={one.restart_count ? undefined : 'dimmer'}>
              {integer(one.restart_count)}
            </td>
            <td data-right data-minor className="dim">
              <Ago at={one.status_since} bare />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
