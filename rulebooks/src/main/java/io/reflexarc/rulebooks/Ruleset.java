// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.core.activation.ExecutionStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A named list of rules with its sources.
 *
 * @param name unique in the rulebook
 * @param hosts as written, one element per list item
 * @param sources where its events come from
 * @param rules in file order; disabled rules are kept and marked
 * @param gatherFacts whether facts of the inventory's hosts are asserted at start
 * @param defaultEventsTtl how long an event stays in working memory; empty for the default of two hours
 * @param executionStrategy empty where the file does not say
 * @param matchMultipleRules whether one event may match several rules and stays until its time is over
 * @param bounds of its memory
 * @param place where it begins
 */
public record Ruleset(
        String name,
        List<String> hosts,
        List<SourceSpec> sources,
        List<Rule> rules,
        boolean gatherFacts,
        Optional<Duration> defaultEventsTtl,
        Optional<ExecutionStrategy> executionStrategy,
        boolean matchMultipleRules,
        Bounds bounds,
        Place place) {
    /** How long events stay when the ruleset does not say. */
    public static final Duration DEFAULT_TTL = Duration.ofHours(2);

    public Ruleset {
        hosts = List.copyOf(hosts);
        sources = List.copyOf(sources);
        rules = List.copyOf(rules);
    }

    /** The same with other rules. */
    public Ruleset withRules(List<Rule> others) {
        return new Ruleset(
                name,
                hosts,
                sources,
                others,
                gatherFacts,
                defaultEventsTtl,
                executionStrategy,
                matchMultipleRules,
                bounds,
                place);
    }
}
