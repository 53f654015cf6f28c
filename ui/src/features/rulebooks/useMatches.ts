import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ruleKey, type Matches } from './matches';
import { matchesQuery } from './queries';

/** Counted by the server, and again every few seconds while the page is open. */
export function useMatches(rulebook: number): Matches {
  const rules = useQuery(matchesQuery(rulebook)).data?.rules;
  return useMemo(() => new Map(rules?.map((one) => [ruleKey(one.ruleset, one.rule), one])), [rules]);
}
