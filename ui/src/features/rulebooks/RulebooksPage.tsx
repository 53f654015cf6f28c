import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { components } from '@/api/schema';
import { integer } from '@/shared/format/number';
import { text } from '@/shared/text/en';
import { Card } from '@/shared/ui/Card';
import { useRows } from '@/shared/ui/keys';
import { Loaded, Note, Table } from '@/shared/ui/List';
import { Ago } from '@/shared/ui/Time';
import { rulebooksQuery } from './queries';

type Rulebook = components['schemas']['Rulebook'];
const words = text.rulebooks;

export default function RulebooksPage() {
  const query = useQuery(rulebooksQuery);
  return (
    <div className="page">
      <Card title={words.title} {...(query.data && { sub: integer(query.data.count) })}>
        <Loaded
          query={query}
          isEmpty={(page) => page.results.length === 0}
          empty={
            <Note icon="rulebook" title={words.empty}>
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

function Rows({ rows }: { rows: readonly Rulebook[] }) {
  const navigate = useNavigate();
  const active = useRows(rows.length, (row) => void navigate({ to: `/rulebooks/${rows[row]?.id}` }));
  return (
    <Table label={words.title}>
      <thead>
        <tr>
          <th>{words.name}</th>
          <th>{words.description}</th>
          <th data-right>{words.version}</th>
          <th data-right>{words.changed}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one, i) => (
          <tr key={one.id} data-active={i === active || undefined}>
            <td>
              <Link to={`/rulebooks/${one.id}`}>{one.name}</Link>
            </td>
            <td data-wide className="dim">
              {one.description || '–'}
            </td>
            <td data-right>{one.version_number}</td>
            <td data-right className="dim">
              <Ago at={one.modified_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
