import { useQuery } from '@tanstack/react-query';
import type { components } from '@/api/schema';
import { visible } from '@/shared/format/harmless';
import { integer } from '@/shared/format/number';
import { text } from '@/shared/text/en';
import css from './Events.module.css';
import type { View } from './events';
import type { Change } from './EventsPage';
import { narrowed, widened } from './facets';
import { kindsQuery } from './queries';

const words = text.events;

type Value = components['schemas']['FacetValue'];

/** Types and severities over all chosen streams; each sender says them in a field of its own. */
export function KindFacets({ view, onChange }: { view: View; onChange: Change }) {
  const kinds = useQuery(kindsQuery(view.stream)).data;
  return (
    <>
      <Values legend={words.types} values={kinds?.types ?? []} view={view} onChange={onChange} />
      <Values legend={words.severities} values={kinds?.severities ?? []} view={view} onChange={onChange} />
      {kinds && kinds.streams < kinds.of_streams && (
        <p className="dimmer">{words.kindsOf(kinds.streams, kinds.of_streams)}</p>
      )}
    </>
  );
}

interface Props {
  legend: string;
  values: readonly Value[];
  view: View;
  onChange: Change;
}

function Values({ legend, values, view, onChange }: Props) {
  if (values.length === 0) return null;
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className={css.facet}>
        {values.map(({ value, count, condition }) => {
          const chosen = view.q?.includes(condition) ?? false;
          return (
            <button
              key={condition}
              type="button"
              title={condition}
              aria-pressed={chosen}
              onClick={() =>
                onChange({ q: chosen ? widened(view.q ?? '', condition) : narrowed(view.q, condition) })
              }
            >
              <bdi className="ell">{visible(value)}</bdi>
              <span className="num">{integer(count)}</span>
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
