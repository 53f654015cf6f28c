import { decimal, rate } from '@/shared/format/number';
import { text } from '@/shared/text/en';
import { Spark } from '@/shared/ui/Chart';
import { Icon, type IconName } from '@/shared/ui/Icon';
import css from './Overview.module.css';
import type { Overview, Tile, Window } from './overview';

interface Props {
  overview: Overview;
  window: Window;
  /** Whether the server has told any figures yet. */
  known: boolean;
  stale: boolean;
}

export function Tiles({ overview, window, known, stale }: Props) {
  const words = text.overview;
  const span = words.windows[window];
  const figure = (tile: Tile) => ({
    value: known ? rate(tile.now) : '–',
    ...(!known && { unit: '', note: words.waiting }),
    change: tile.change,
    spark: tile.spark,
    span,
  });
  const { success, p95 } = overview;
  return (
    <section
      className={stale ? `${css.tiles} ${css.stale}` : css.tiles}
      aria-label={words.keyFigures}
      data-known={known || undefined}
    >
      <Figure
        label={words.events}
        icon="event"
        unit={words.perSecond}
        color="--s1"
        {...figure(overview.events)}
      />
      <Figure
        label={words.decisions}
        icon="decision"
        unit={words.perSecond}
        color="--s2"
        {...figure(overview.decisions)}
      />
      <Figure
        label={words.actions}
        icon="bolt"
        unit={words.perSecond}
        color="--s4"
        {...figure(overview.actions)}
      />
      <Figure
        label={words.success}
        icon="check"
        unit={success ? words.percent : ''}
        color="--ok"
        value={success ? decimal(success.percent) : '–'}
        note={success ? words.ended(success.ended, span) : words.quiet(span)}
        spark={success?.spark ?? []}
        span={span}
      />
      <Figure
        label={words.lag}
        icon="inbox"
        unit={words.eventsUnit}
        color="--s3"
        lowIsGood
        {...figure(overview.lag)}
      />
      <Figure
        label={words.decisionTime}
        icon="clock"
        unit={p95 ? words.ms : ''}
        color="--s1"
        lowIsGood
        value={p95 ? decimal(p95.now) : '–'}
        spark={p95?.spark ?? []}
        span={span}
        {...(p95 ? { change: p95.change } : { note: words.quiet(span) })}
      />
    </section>
  );
}

interface FigureProps {
  label: string;
  icon: IconName;
  value: string;
  unit: string;
  color: string;
  spark: readonly number[];
  span: string;
  change?: string;
  note?: string;
  lowIsGood?: boolean;
}

function Figure({ label, icon, value, unit, color, spark, span, change = '', note, lowIsGood }: FigureProps) {
  const words = text.overview;
  return (
    <div className={css.tile}>
      <div className={css.label}>
        <Icon name={icon} size={13} />
        {label}
      </div>
      <div className={css.value}>
        {value}
        {unit && <small>{unit}</small>}
      </div>
      <div className={css.delta}>
        {note ??
          (change ? (
            <>
              <b data-good={lowIsGood ? change.startsWith('−') : undefined}>{change}</b> {words.versus(span)}
            </>
          ) : (
            words.steady(span)
          ))}
      </div>
      <Spark values={spark} color={color} />
    </div>
  );
}
