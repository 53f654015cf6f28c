// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import java.time.Instant;
import java.util.Optional;

/**
 * What one ruleset has done so far.
 *
 * @param ruleset its name
 * @param start of the run
 * @param end of the run; empty while it runs
 * @param rules enabled ones
 * @param disabledRules others
 * @param rulesTriggered decisions
 * @param eventsProcessed events that reached it
 * @param eventsMatched events that completed a rule
 * @param lastRuleFired name; empty before the first
 * @param lastRuleFiredAt when
 * @param lastEventReceivedAt when
 * @param sessionTime the clock of the session
 */
public record RulesetStats(
        String ruleset,
        Instant start,
        Optional<Instant> end,
        int rules,
        int disabledRules,
        long rulesTriggered,
        long eventsProcessed,
        long eventsMatched,
        Optional<String> lastRuleFired,
        Optional<Instant> lastRuleFiredAt,
        Optional<Instant> lastEventReceivedAt,
        Instant sessionTime) {}
