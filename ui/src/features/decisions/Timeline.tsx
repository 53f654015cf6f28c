import { duration } from '@/shared/format/number';
import { clockMillis } from '@/shared/format/time';
import { text } from '@/shared/text/en';
import type { Timeline as Line } from './decision';
import css from './Decision.module.css';

const words = text.decisions;

/** Joins and windows: when each event came, and when the rule decided. */
export function Timeline({ line }: { line: Line }) {
  return (
    <div>
      <h3>{words.timeline}</h3>
      <ol className={css.line} aria-label={words.timeline}>
        {line.marks.map((mark) => (
          <li key={mark.binding + mark.id} style={{ left: `${100 * mark.share}%` }} title={mark.id}>
            <i aria-hidden />
            <code className="mono">{mark.binding}</code>
            <span className={css.hidden}>{clockMillis(mark.at)}</span>
          </li>
        ))}
        <li data-end style={{ left: '100%' }}>
          <i aria-hidden />
          <code className="mono">{words.fired}</code>
        </li>
      </ol>
      <p className={css.span}>
        <span className="num">{clockMillis(line.from)}</span>
        <span className="num">{duration(line.millis)}</span>
        <span className="num">{clockMillis(line.to)}</span>
      </p>
    </div>
  );
}
