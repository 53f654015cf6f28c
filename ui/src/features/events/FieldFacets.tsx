import { useQuery } from '@tanstack/react-query';
import { brief, visible } from '@/shared/format/harmless';
import { integer } from '@/shared/format/number';
import { text } from '@/shared/text/en';
import css from './Events.module.css';
import { facetsOf, nameOf, narrowed } from './facets';
import type { View } from './events';
import type { Change } from './EventsPage';
import { fieldsQuery } from './queries';

const words = text.events;

interface Props {
  /** The one stream whose fields are offered. */
  stream: string | undefined;
  view: View;
  onChange: Change;
}

/** Fields of one stream and their values, each a step into a query. A folded one draws nothing. */
export function FieldFacets({ stream, view, onChange }: Props) {
  const query = useQuery({ ...fieldsQuery(stream ?? ''), enabled: stream !== undefined });
  const facets = stream === undefined ? [] : facetsOf(query.data?.results ?? []);
  return (
    <fieldset>
      <legend>{words.fieldsLegend}</legend>
      {stream === undefined && <p className="dimmer">{words.fieldsOfOne}</p>}
      {stream !== undefined && facets.length === 0 && query.data && (
        <p className="dimmer">{words.noFields}</p>
      )}
      {facets.map((facet, i) => (
        <details key={facet.path} className={css.facet} open={i < 2}>
          <summary title={visible(facet.path)}>
            <bdi>{visible(nameOf(facet.path))}</bdi>
          </summary>
          {facet.values.map(({ value, count, condition }) => (
            <button
              key={condition}
              type="button"
              title={condition}
              aria-pressed={view.q?.includes(condition) ?? false}
              onClick={() => onChange({ q: narrowed(view.q, condition) })}
            >
              <bdi className="ell">{typeof value === 'string' ? visible(value) : brief(value, 40)}</bdi>
              <span className="num">{integer(count)}</span>
            </button>
          ))}
        </details>
      ))}
    </fieldset>
  );
}
