import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { rate } from '@/shared/format/number';
import { statsChannel } from '@/shared/live/channels';
import { useLive } from '@/shared/live/context';
import { recordedStreamsQuery } from '@/shared/queries';
import { useView } from '@/shared/search';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Chart } from '@/shared/ui/Chart';
import { useFocusKey } from '@/shared/ui/keys';
import { Split } from '@/shared/ui/Panel';
import { Segmented } from '@/shared/ui/Segmented';
import { EventPanel } from './EventPanel';
import css from './Events.module.css';
import { FieldFacets } from './FieldFacets';
import { conditionFor, isSearch, NO_FILTERS, SPANS, stripOf, viewOf, type Span, type View } from './events';
import { KindFacets } from './KindFacets';
import { QueryBar } from './QueryBar';
import { Search } from './Search';
import { Tape } from './Tape';
import { visible } from '@/shared/format/harmless';

const words = text.events;

export type Change = (change: Partial<View>) => void;

/** Events as they arrive, and a search through those that are kept. */
export default function EventsPage() {
  const [view, setView] = useView(viewOf);
  useFocusKey(QUERY);
  const [facets, setFacets] = useState(false);
  const narrow = (path: readonly (string | number)[], value: unknown) => {
    const condition = conditionFor(path, value);
    if (condition) setView({ q: condition });
  };
  return (
    <div className={css.page}>
      <Facets view={view} shown={facets} onChange={setView} />
      <section className={css.main} aria-label={words.tape}>
        <QueryBar id={QUERY} view={view} onChange={setView} />
        <Bar view={view} onChange={setView}>
          <span className={css.fold}>
            <Button small aria-expanded={facets} onClick={() => setFacets(!facets)}>
              {text.action.filters}
            </Button>
          </span>
        </Bar>
        <Strip />
        <div className={css.split}>
          <Split
            list={
              isSearch(view) ? (
                <Search view={view} onChange={setView} />
              ) : (
                <Tape key={view.stream} view={view} onChange={setView} />
              )
            }
            panel={
              view.sel && (
                <EventPanel
                  key={view.sel}
                  id={view.sel}
                  onClose={() => setView({ sel: undefined })}
                  onPick={narrow}
                />
              )
            }
          />
        </div>
      </section>
    </div>
  );
}

const QUERY = 'events-query';
const LIVE = 'live';

function Bar({ view, onChange, children }: { view: View; onChange: Change; children: ReactNode }) {
  const set = (t: Span | typeof LIVE) => onChange({ t: t === LIVE ? undefined : t });
  return (
    <div className={css.bar}>
      <Segmented
        label={words.time}
        value={view.t ?? LIVE}
        options={[[LIVE, words.live], ...SPANS.map((span) => [span, words.spans[span]] as const)]}
        onChange={set}
      />
      {children}
      {view.t === 'range' && (
        <>
          <Moment label={words.from} value={view.from} onChange={(from) => onChange({ from })} />
          <Moment label={words.to} value={view.to} onChange={(to) => onChange({ to })} />
        </>
      )}
      <span className={css.grow} />
      {(isSearch(view) || view.stream) && (
        <Button small onClick={() => onChange(NO_FILTERS)}>
          {text.action.clear}
        </Button>
      )}
    </div>
  );
}

interface MomentProps {
  label: string;
  value: string | undefined;
  onChange(value: string | undefined): void;
}

function Moment({ label, value, onChange }: MomentProps) {
  return (
    <label className={css.moment}>
      {label}
      <input
        type="datetime-local"
        step="1"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
    </label>
  );
}

function Strip() {
  const { ticks } = useLive(statsChannel);
  const strip = useMemo(() => stripOf(ticks), [ticks]);
  return (
    <div className={css.strip}>
      <Chart
        label={words.strip}
        unit={words.stripUnit}
        kind="bars"
        data={strip.data}
        series={strip.series}
        height={84}
        format={rate}
      />
    </div>
  );
}

interface FacetsProps {
  view: View;
  /** Whether a narrow screen shows them as well. */
  shown: boolean;
  onChange: Change;
}

function Facets({ view, shown, onChange }: FacetsProps) {
  const streams = useQuery(recordedStreamsQuery()).data?.results ?? [];
  const { ticks } = useLive(statsChannel);
  const recent = ticks.slice(-5);
  const rateOf = (name: string) =>
    recent.reduce((sum, tick) => sum + (tick.events[name] ?? 0), 0) / Math.max(1, recent.length);
  const chosen = new Set(view.stream?.split(','));
  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    onChange({ stream: [...next].sort().join(',') || undefined });
  };
  const only =
    streams.length === 1 ? streams[0] : streams.find((one) => chosen.size === 1 && chosen.has(one.key));
  return (
    <aside className={css.facets} aria-label={words.filters} data-shown={shown || undefined}>
      <fieldset>
        <legend>{words.streams}</legend>
        {streams.map((stream) => (
          <label key={stream.key} title={stream.activation_id === null ? undefined : words.ownSources}>
            <input type="checkbox" checked={chosen.has(stream.key)} onChange={() => toggle(stream.key)} />
            <bdi className="ell">{visible(stream.name)}</bdi>
            <span className="num">{words.perSecond(rate(rateOf(stream.name)))}</span>
          </label>
        ))}
        {streams.length === 0 && <p className="dimmer">{text.streams.empty}</p>}
      </fieldset>
      <KindFacets view={view} onChange={onChange} />
      <FieldFacets stream={only?.key} view={view} onChange={onChange} />
      <fieldset>
        <legend>{words.matchedLegend}</legend>
        {([undefined, 'yes', 'no'] as const).map((matched) => (
          <label key={matched ?? 'any'}>
            <input
              type="radio"
              name="matched"
              checked={view.matched === matched}
              onChange={() => onChange({ matched })}
            />
            {words.matchedBy[matched ?? 'any']}
          </label>
        ))}
      </fieldset>
    </aside>
  );
}
