import { visible } from '@/shared/format/harmless';
import { text } from '@/shared/text/en';
import { Note } from '@/shared/ui/List';
import css from './Desk.module.css';
import type { RulesetModel } from './model';

const words = text.rulebooks;

interface Props {
  model: readonly RulesetModel[];
  cursor: number;
  onPick(at: number): void;
}

/** Rulesets and rules by name; a click goes there. */
export function Outline({ model, cursor, onPick }: Props) {
  if (model.every((ruleset) => ruleset.rules.length === 0)) {
    return <Note icon="rulebook" title={words.outline.empty} compact />;
  }
  const starts = model.flatMap((ruleset) => ruleset.rules.map((rule) => rule.at));
  const here = starts.findLast((at) => at <= cursor);
  return (
    <ul className={css.outline}>
      {model.map((ruleset) => (
        <li key={ruleset.at}>
          <button type="button" onClick={() => onPick(ruleset.at)}>
            <b>
              <bdi>{visible(ruleset.name)}</bdi>
            </b>
          </button>
          <ul>
            {ruleset.rules.map((rule) => (
              <li key={rule.at}>
                <button
                  type="button"
                  aria-current={rule.at === here || undefined}
                  onClick={() => onPick(rule.at)}
                >
                  <bdi>{visible(rule.name)}</bdi>
                  <code className="mono dimmer ell">
                    <bdi>{visible(rule.condition)}</bdi>
                  </code>
                </button>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
