import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { statsChannel } from '@/shared/live/channels';
import { useLive } from '@/shared/live/context';
import { countersChannel, countedSince, ratesOf, type Rates } from './counters';
import { ruleKey, type Matches } from './matches';
import { matchesQuery } from './queries';

const HOUR_MILLIS = 3_600_000;

/** Matches of an hour: counted by the server now and then, and from there on by what the socket tells. */
export function useMatches(rulebook: number): Matches {
  const base = useQuery(matchesQuery(rulebook)).data;
  const channel = useMemo(() => countersChannel(rulebook), [rulebook]);
  const rows = useLive(channel);
  return useMemo(() => {
    const counted = new Map(base?.rules.map((one) => [ruleKey(one.ruleset, one.rule), one]));
    if (!base) return counted;
    for (const [key, more] of countedSince(rows, Date.parse(base.since) + HOUR_MILLIS)) {
      const known = counted.get(key);
      const [ruleset, rule] = JSON.parse(key) as [string, string];
      counted.set(key, { ruleset, rule, failed: known?.failed ?? 0, matches: (known?.matches ?? 0) + more });
    }
    return counted;
  }, [base, rows]);
}

/** What each source brings now. */
export function useRates(rulebook: number): Rates {
  const rows = useLive(useMemo(() => countersChannel(rulebook), [rulebook]));
  // The server's clock, which ticks also while nothing comes.
  const now = useLive(statsChannel).ticks.at(-1)?.at;
  return useMemo(() => ratesOf(rows, now), [rows, now]);
}
