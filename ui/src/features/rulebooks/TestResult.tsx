import { visible } from '@/shared/format/harmless';
import { absolute, millis } from '@/shared/format/time';
import { text } from '@/shared/text/en';
import { Icon } from '@/shared/ui/Icon';
import { Json } from '@/shared/ui/Json';
import { Trace } from '@/shared/ui/Trace';
import type { Rehearsal } from './queries';
import { deciding, matchedCount } from './test';
import css from './Test.module.css';

type Played = Rehearsal['events'][number];
type Decision = Rehearsal['later'][number];
const words = text.rulebooks.test;
/** A rulebook may have a thousand rules, each with a tree; the reader opens what he looks for. */
const RULES_SHOWN = 40;

/** What would happen, event by event, rule by rule, part by part. */
export function TestResult({ rehearsal, stale }: { rehearsal: Rehearsal; stale: boolean }) {
  return (
    <section className={css.result} aria-label={words.rules}>
      <p role="status">
        {words.summary(rehearsal.events.length, matchedCount(rehearsal))}{' '}
        {stale && <b className={css.stale}>{words.stale}</b>}
      </p>
      {rehearsal.events.map((event, i) => (
        <PlayedEvent key={event.id} event={event} number={i + 1} open={rehearsal.events.length === 1} />
      ))}
      {rehearsal.later.length > 0 && (
        <>
          <h3>{words.later}</h3>
          {rehearsal.later.map((decision, i) => (
            <Would key={i} decision={decision} timed />
          ))}
        </>
      )}
    </section>
  );
}

function PlayedEvent({ event, number, open }: { event: Played; number: number; open: boolean }) {
  const rules = deciding(event);
  const pasted = event.id.startsWith('test-');
  return (
    <details className={css.played} open={open} data-matched={rules.length > 0 || undefined}>
      <summary>
        <span className={rules.length > 0 ? css.yes : css.no}>
          <Icon name={rules.length > 0 ? 'check' : 'x'} size={14} />
        </span>
        <span className="ell">
          {pasted ? words.pasted(number) : <span className="mono">{visible(event.id)}</span>}
        </span>
        <span className={css.rules}>
          {rules.length === 0 ? (
            <span className="dim">{words.none}</span>
          ) : (
            rules.map((rule) => (
              <span key={rule} className={css.rule}>
                <bdi>{visible(rule)}</bdi>
              </span>
            ))
          )}
        </span>
      </summary>
      {event.decisions.map((decision, i) => (
        <Would key={i} decision={decision} timed={false} />
      ))}
      {event.rules.slice(0, RULES_SHOWN).map((rule) => (
        <details
          key={`${rule.ruleset} ${rule.rule}`}
          className={css.said}
          open={open && event.rules.length <= 3}
        >
          <summary>
            <span className={rule.outcome === 'matched' ? css.yes : css.no}>
              <Icon name={rule.outcome === 'matched' ? 'check' : 'x'} size={13} />
            </span>
            <b>
              <bdi>{visible(rule.rule)}</bdi>
            </b>
            <span className="dim">{text.events.outcome[rule.outcome] ?? text.state(rule.outcome)}</span>
          </summary>
          <Trace tree={rule.tree} label={rule.rule} />
        </details>
      ))}
    </details>
  );
}

function Would({ decision, timed }: { decision: Decision; timed: boolean }) {
  return (
    <div className={css.would}>
      <p>
        <b>
          <bdi>{visible(decision.rule)}</bdi>
        </b>{' '}
        <span className="dim">
          {words.would} {timed && words.at(absolute(millis(decision.at)))}
        </span>
      </p>
      {decision.actions.map((action, i) => (
        <div key={i} className={css.action}>
          <Icon name="bolt" size={12} />
          <code className="mono">{visible(action.name)}</code>
          <Json value={action.arguments} label={action.name} />
        </div>
      ))}
    </div>
  );
}
