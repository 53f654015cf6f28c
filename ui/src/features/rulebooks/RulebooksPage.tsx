import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { visible } from '@/shared/format/harmless';
import { integer } from '@/shared/format/number';
import { textOf, useView } from '@/shared/search';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { Icon } from '@/shared/ui/Icon';
import { useFocusKey, useRows } from '@/shared/ui/keys';
import { Loaded, More, Note, Table } from '@/shared/ui/List';
import { Sorted } from '@/shared/ui/Sorted';
import { Ago } from '@/shared/ui/Time';
import { NewRulebook } from './NewRulebook';
import { summariesQuery, type Summary } from './queries';
import css from './Rulebooks.module.css';

const words = text.rulebooks;
const FILTER = 'rulebook-filter';
const SORTS = ['name', 'number', 'modified_at'];

function sortOf(value: unknown): string {
  const sort = textOf(value);
  return SORTS.includes(sort.replace(/^-/, '')) ? sort : 'name';
}

/** All rulebooks: what is in them, what is wrong, and who runs them. */
export default function RulebooksPage() {
  const [{ name, sort }, setView] = useView((search) => ({
    name: textOf(search['name']),
    sort: sortOf(search['sort']),
  }));
  const query = useInfiniteQuery(summariesQuery(name, sort));
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const count = query.data?.pages.at(-1)?.count ?? 0;
  const [making, setMaking] = useState(false);
  const writes = may(useUser(), 'write:rulebook');
  useFocusKey(FILTER);
  const create = (
    <Button
      primary
      disabled={!writes}
      title={writes ? undefined : words.needsOperator}
      onClick={() => setMaking(true)}
    >
      {words.fresh.open}
    </Button>
  );
  return (
    <div className="page">
      <Card
        title={words.title}
        {...(query.data && { sub: integer(count) })}
        right={
          <div className={css.filters} role="search">
            <input
              id={FILTER}
              type="search"
              value={name}
              aria-label={words.filter}
              placeholder={words.filter}
              onChange={(event) => setView({ name: event.target.value })}
            />
            {create}
          </div>
        }
      >
        <Loaded
          query={query}
          isEmpty={() => rows.length === 0}
          empty={name ? <NoMatch onClear={() => setView({ name: '' })} /> : <Empty create={create} />}
        >
          {() => (
            <>
              <Rows rows={rows} sort={sort} onSort={(next) => setView({ sort: next })} />
              <More query={query} shown={rows.length} count={count} />
            </>
          )}
        </Loaded>
      </Card>
      {making && <NewRulebook onEnd={() => setMaking(false)} />}
    </div>
  );
}

function NoMatch({ onClear }: { onClear(): void }) {
  return (
    <Note icon="search" title={words.noMatch} compact>
      <Button small onClick={onClear}>
        {text.action.clear}
      </Button>
    </Note>
  );
}

function Empty({ create }: { create: ReactNode }) {
  return (
    <Note icon="rulebook" title={words.empty}>
      <p>{words.emptyHint}</p>
      {create}
    </Note>
  );
}

interface RowsProps {
  rows: readonly Summary[];
  sort: string;
  onSort(sort: string): void;
}

function Rows({ rows, sort, onSort }: RowsProps) {
  const navigate = useNavigate();
  const active = useRows(rows.length, (row) => void navigate({ to: `/rulebooks/${rows[row]?.id}` }));
  const order = { sort, onSort };
  return (
    <Table label={words.title}>
      <thead>
        <tr>
          <Sorted name={words.name} by="name" {...order} />
          <th data-minor>{words.contents}</th>
          <th>{words.problems}</th>
          <th data-minor>{words.usedBy}</th>
          <Sorted name={words.version} by="number" right {...order} />
          <Sorted name={words.changed} by="modified_at" right minor {...order} />
        </tr>
      </thead>
      <tbody>
        {rows.map((one, i) => (
          <tr key={one.id} data-active={i === active || undefined}>
            <td data-wide>
              <Link to={`/rulebooks/${one.id}`}>
                <bdi>{visible(one.name)}</bdi>
              </Link>
              {one.draft && <span className={css.draft}>{words.draftMark}</span>}
            </td>
            <td data-minor className="dim">
              {words.contains(one.rulesets, one.rules)}
            </td>
            <td>
              <Problems rulebook={one} />
            </td>
            <td data-wide data-minor className="dim">
              <UsedBy rulebook={one} />
            </td>
            <td data-right>{words.versionShort(one.version_number)}</td>
            <td data-right data-minor className="dim">
              <Ago at={one.modified_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Problems({ rulebook: { errors, warnings } }: { rulebook: Summary }) {
  if (errors + warnings === 0) return <span className="dimmer">{words.noProblems}</span>;
  return (
    <span className={errors > 0 ? css.errors : css.warnings}>
      <Icon name={errors > 0 ? 'x' : 'warn'} size={12} />
      {words.problemCount(errors, warnings)}
    </span>
  );
}

function UsedBy({ rulebook }: { rulebook: Summary }) {
  if (rulebook.used_by.length === 0) return <>{words.unused}</>;
  return rulebook.used_by.map((user, i) => (
    <span key={user.id}>
      {i > 0 && ', '}
      <Link to={`/activations/${user.id}`}>
        <bdi>{visible(user.name)}</bdi>
      </Link>
    </span>
  ));
}
