import { Link } from '@tanstack/react-router';
import type { components } from '@/api/schema';
import { brief, visible } from '@/shared/format/harmless';
import { absolute, millis } from '@/shared/format/time';
import { text } from '@/shared/text/en';
import { Icon, type IconName } from '@/shared/ui/Icon';
import { Note } from '@/shared/ui/List';
import { Trace } from '@/shared/ui/Trace';
import css from './Event.module.css';
import { failureOf, inOrder, type RuleSays } from './events';

type Event = components['schemas']['Event'];

const words = text.events;
const LOOKS: Readonly<Record<string, readonly [IconName, string | undefined]>> = {
  matched: ['check', css.matches],
  waits: ['clock', css.missing],
  throttled: ['clock', css.missing],
  taken: ['arrow', css.not],
  lost: ['warn', css.missing],
  not_fulfilled: ['x', css.not],
  disabled: ['minus', css.not],
};

/** What every rule that could see the event said to it: why, and why not. */
export function RuleList({ event }: { event: Event }) {
  if (event.explanations.length === 0) {
    return (
      <Note icon="rulebook" title={words.noRules} compact>
        <p>{words.noRulesHint}</p>
      </Note>
    );
  }
  return event.explanations.map((says) => (
    <section key={says.activation_id} className={css.column} aria-label={says.activation_name}>
      <h3 className={css.who}>
        <bdi>{visible(says.activation_name)}</bdi>
        <Link
          className={css.test}
          to={`/rulebooks/${says.rulebook_id}`}
          search={{ view: 'test', event: event.id } as never}
        >
          {words.tools.test}
        </Link>
      </h3>
      {inOrder(says.rules).map((rule) => (
        <Rule key={`${rule.ruleset} ${rule.rule}`} rule={rule} />
      ))}
    </section>
  ));
}

function Rule({ rule }: { rule: RuleSays }) {
  const [icon, look] = LOOKS[rule.outcome] ?? ['minus', css.not];
  return (
    <details className={css.rule} open={rule.outcome === 'matched'}>
      <summary>
        <span className={look} style={{ display: 'flex' }}>
          <Icon name={icon} size={14} />
        </span>
        <span className={css.what}>
          <b>
            <bdi>{visible(rule.rule)}</bdi>
          </b>
          <Reason rule={rule} />
        </span>
        <span className="dim">{words.outcome[rule.outcome] ?? text.state(rule.outcome)}</span>
        {rule.outcome !== 'matched' && <span className={css.ask}>{words.whyNot}</span>}
      </summary>
      <Trace tree={rule.tree} label={rule.rule} />
    </details>
  );
}

/** The first part that failed, with what was found and what was asked for; else what the engine says became of the event. */
function Reason({ rule }: { rule: RuleSays }) {
  const failed = rule.outcome === 'not_fulfilled' ? failureOf(rule.tree) : undefined;
  const has = (value: unknown) => value !== undefined && value !== null;
  if (failed && has(failed.actual) && has(failed.expected)) {
    return (
      <span className={css.because}>
        <bdi>
          <code className="mono">{visible(failed.text)}</code>
        </bdi>{' '}
        {words.found_} <b className="mono">{brief(failed.actual, 60)}</b>
      </span>
    );
  }
  if (failed) {
    return (
      <span className={css.because}>
        <bdi>
          <code className="mono">{visible(failed.text)}</code>
        </bdi>{' '}
        {failed.note && `· ${visible(failed.note)}`}
      </span>
    );
  }
  const until = rule.until && ` · ${words.until(absolute(millis(rule.until)))}`;
  return rule.because ? (
    <span className={css.because}>
      <bdi>{visible(rule.because)}</bdi>
      {until}
    </span>
  ) : null;
}
