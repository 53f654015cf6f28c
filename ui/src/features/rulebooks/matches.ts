import { integer } from '@/shared/format/number';
import { text } from '@/shared/text/en';
import type { Hit } from './editor/hits';
import type { RulesetModel } from './model';

const words = text.rulebooks.editor;

export interface RuleMatches {
  readonly matches: number;
  readonly failed: number;
}

/** How often each rule matched, by {@link ruleKey}. */
export type Matches = ReadonlyMap<string, RuleMatches>;

export function ruleKey(ruleset: string, rule: string): string {
  return JSON.stringify([ruleset, rule]);
}

/** What the margin says of each rule; nothing of one that is only in the draft, or never matched. */
export function hitsOf(model: readonly RulesetModel[], matches: Matches): readonly Hit[] {
  return model.flatMap((ruleset) =>
    ruleset.rules.flatMap((rule): Hit[] => {
      const found = matches.get(ruleKey(ruleset.name, rule.name));
      if (!found) return [];
      const failed = found.failed > 0 ? ` ${words.failures(found.failed)}` : '';
      return [{ at: rule.at, count: integer(found.matches), rest: words.matches(found.matches) + failed }];
    }),
  );
}
