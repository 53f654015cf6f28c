import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { brief, visible } from '@/shared/format/harmless';
import { text } from '@/shared/text/en';
import { Card } from '@/shared/ui/Card';
import { Loaded, Note, Table } from '@/shared/ui/List';
import { Ago } from '@/shared/ui/Time';
import { fieldsQuery, type EventStream, type Field } from './queries';
import { conditionOf } from './streams';
import css from './Streams.module.css';

const words = text.streams.fields;
const SHOWN = 4;

/** The fields that occur in the events of a stream, each with values to search for. */
export function FieldsTab({ stream }: { stream: EventStream }) {
  const query = useQuery(fieldsQuery(stream.id));
  const [part, setPart] = useState('');
  return (
    <Card
      title={words.title}
      sub={query.data && words.sub(query.data.count)}
      right={
        <input
          className={css.input}
          type="search"
          placeholder={words.filter}
          aria-label={words.filter}
          value={part}
          onChange={(event) => setPart(event.target.value)}
        />
      }
    >
      <Loaded
        query={query}
        isEmpty={(page) => page.results.length === 0}
        empty={
          <Note icon="event" title={words.empty} compact>
            <p>{words.emptyHint}</p>
          </Note>
        }
      >
        {(page) => (
          <Rows
            stream={stream}
            fields={page.results.filter((one) => one.path.toLowerCase().includes(part.toLowerCase()))}
          />
        )}
      </Loaded>
    </Card>
  );
}

function Rows({ stream, fields }: { stream: EventStream; fields: readonly Field[] }) {
  if (fields.length === 0) return <Note icon="search" title={words.noMatch} compact />;
  return (
    <Table label={words.title}>
      <thead>
        <tr>
          <th>{words.path}</th>
          <th>{words.types}</th>
          <th>{words.share}</th>
          <th>{words.samples}</th>
          <th>{words.lastSeen}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.path}>
            <td data-wide className="mono" title={visible(field.path)}>
              <bdi>{visible(field.path)}</bdi>
            </td>
            <td className="dim">{field.types.join(', ')}</td>
            <td>
              <span className={css.share}>
                <meter min={0} max={1} value={field.share} aria-label={words.share} />
                <span className="num">{Math.round(field.share * 100)} %</span>
              </span>
            </td>
            <td>
              <span className={css.samples}>
                {field.samples.slice(0, SHOWN).map((value, i) => (
                  <Sample key={i} stream={stream} path={field.path} value={value} />
                ))}
              </span>
            </td>
            <td>
              <Ago at={field.last_seen_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Sample({ stream, path, value }: { stream: EventStream; path: string; value: unknown }) {
  const condition = conditionOf(path, value);
  const shown = brief(value, 40);
  return condition ? (
    <Link
      to="/events"
      search={{ stream: String(stream.id), q: condition } as never}
      title={words.search(condition)}
    >
      <bdi>{shown}</bdi>
    </Link>
  ) : (
    <bdi className="mono">{shown}</bdi>
  );
}
