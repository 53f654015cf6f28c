import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { visible } from '@/shared/format/harmless';
import { integer } from '@/shared/format/number';
import { pageOf, textOf, useView } from '@/shared/search';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { Icon } from '@/shared/ui/Icon';
import { useFocusKey, useRows } from '@/shared/ui/keys';
import { Loaded, Note, Pager, Table } from '@/shared/ui/List';
import { Ago } from '@/shared/ui/Time';
import { NewRulebook } from './NewRulebook';
import { PAGE_SIZE, summariesQuery, type Summary } from './queries';
import css from './Rulebooks.module.css';

const words = text.rulebooks;
const FILTER = 'rulebook-filter';

/** All rulebooks: what is in them, what is wrong, and who runs them. */
export default function RulebooksPage() {
  const [{ page, name }, setView] = useView((search) => ({
    page: pageOf(search['page']),
    name: textOf(search['name']),
  }));
  const query = useQuery(summariesQuery(page, name));
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
        {...(query.data && { sub: integer(query.data.count) })}
        right={
          <div className={css.filters} role="search">
            <input
              id={FILTER}
              type="search"
              value={name}
              aria-label={words.filter}
              placeholder={words.filter}
              onChange={(event) => setView({ name: event.target.value, page: 1 })}
            />
            {create}
          </div>
        }
      >
        <Loaded
          query={query}
          isEmpty={(found) => found.results.length === 0}
          empty={
            name ? <NoMatch onClear={() => setView({ name: '', page: 1 })} /> : <Empty create={create} />
          }
        >
          {(found) => (
            <>
              <Rows rows={found.results} />
              <Pager
                page={page}
                pageSize={PAGE_SIZE}
                count={found.count}
                onPage={(next) => setView({ page: next })}
              />
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

function Rows({ rows }: { rows: readonly Summary[] }) {
  const navigate = useNavigate();
  const active = useRows(rows.length, (row) => void navigate({ to: `/rulebooks/${rows[row]?.id}` }));
  return (
    <Table label={words.title}>
      <thead>
        <tr>
          <th>{words.name}</th>
          <th data-minor>{words.contents}</th>
          <th>{words.problems}</th>
          <th data-minor>{words.usedBy}</th>
          <th data-right>{words.version}</th>
          <th data-right data-minor>
            {words.changed}
          </th>
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
