import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { integer } from '@/shared/format/number';
import { activationsQuery, type Activation } from '@/shared/queries';
import { text } from '@/shared/text/en';
import { Card } from '@/shared/ui/Card';
import { useStaleness } from '@/shared/ui/Connection';
import { useRows } from '@/shared/ui/keys';
import { Loaded, Note, Table } from '@/shared/ui/List';
import { Status } from '@/shared/ui/Status';
import { Ago } from '@/shared/ui/Time';

const words = text.activations;

export default function ActivationsPage() {
  const query = useQuery(activationsQuery());
  const stale = useStaleness() > 0;
  return (
    <div className="page">
      <Card title={words.title} stale={stale} {...(query.data && { sub: integer(query.data.count) })}>
        <Loaded
          query={query}
          isEmpty={(page) => page.results.length === 0}
          empty={
            <Note icon="activation" title={words.empty}>
              <p>{words.emptyHint}</p>
            </Note>
          }
        >
          {(page) => <Rows rows={page.results} />}
        </Loaded>
      </Card>
    </div>
  );
}

function Rows({ rows }: { rows: readonly Activation[] }) {
  const navigate = useNavigate();
  const active = useRows(rows.length, (row) => void navigate({ to: `/activations/${rows[row]?.id}` }));
  return (
    <Table label={words.title}>
      <thead>
        <tr>
          <th>{words.name}</th>
          <th>{words.state}</th>
          <th>{words.rulebook}</th>
          <th>{words.sources}</th>
          <th data-right>{words.events}</th>
          <th data-right>{words.fired}</th>
          <th data-right>{words.lag}</th>
          <th data-right>{words.restarts}</th>
          <th data-right>{words.since}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one, i) => (
          <tr key={one.id} data-active={i === active || undefined}>
            <td>
              <Link to={`/activations/${one.id}`}>{one.name}</Link>
            </td>
            <td>
              <Status state={one.status} />
            </td>
            <td>
              <Link to={`/rulebooks/${one.rulebook_id}`}>{one.rulebook_name}</Link>
            </td>
            <td data-wide className="dim">
              {one.source_mappings.map((source) => source.event_stream_name).join(', ') || '–'}
            </td>
            <td data-right>{integer(one.events_seen_count)}</td>
            <td data-right>{integer(one.rules_fired_count)}</td>
            <td data-right>{one.lag === null ? '–' : integer(one.lag)}</td>
            <td data-right className={one.restart_count ? undefined : 'dimmer'}>
              {integer(one.restart_count)}
            </td>
            <td data-right className="dim">
              <Ago at={one.status_since} bare />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
