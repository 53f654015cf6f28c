// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.SourceSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that a session decides by, beside the entries.
 *
 * @param inbox whose entries it takes
 * @param incarnation of the log
 * @param rulebook checked
 * @param rulebookVersion id of its version
 * @param variables of the activation, a JSON object
 * @param streams whose events a ruleset gets, by its name
 * @param strategy for rulesets that do not say
 * @param shutdownDelay how long a graceful {@code shutdown} waits that does not say
 * @param templates render arguments
 * @param catalogue knows the terms of tasks
 * @param filters of sources that an event stream stands in for
 */
public record SessionPlan(
        InboxId inbox,
        Incarnation incarnation,
        Rulebook rulebook,
        long rulebookVersion,
        JsonText variables,
        Map<String, Set<StreamId>> streams,
        ExecutionStrategy strategy,
        Duration shutdownDelay,
        Templates templates,
        ActionCatalogue catalogue,
        ArrivalFilters filters) {
    /** How long a graceful shutdown waits when nobody says. */
    public static final Duration SHUTDOWN_DELAY = Duration.ofSeconds(60);

    public SessionPlan {
        streams = Map.copyOf(streams);
    }

    /** Without filters: whoever appends has applied them. */
    public SessionPlan(
            InboxId inbox,
            Incarnation incarnation,
            Rulebook rulebook,
            long rulebookVersion,
            JsonText variables,
            Map<String, Set<StreamId>> streams,
            ExecutionStrategy strategy,
            Duration shutdownDelay,
            Templates templates,
            ActionCatalogue catalogue) {
        this(
                inbox,
                incarnation,
                rulebook,
                rulebookVersion,
                variables,
                streams,
                strategy,
                shutdownDelay,
                templates,
                catalogue,
                ArrivalFilters.NONE);
    }

    /** With a stream for each name of a source, and the usual delay of a graceful shutdown. */
    public SessionPlan(
            InboxId inbox,
            Incarnation incarnation,
            Rulebook rulebook,
            long rulebookVersion,
            JsonText variables,
            Map<String, StreamId> sources,
            ExecutionStrategy strategy,
            Templates templates,
            ActionCatalogue catalogue) {
        this(
                inbox,
                incarnation,
                rulebook,
                rulebookVersion,
                variables,
                streams(rulebook, sources),
                strategy,
                SHUTDOWN_DELAY,
                templates,
                catalogue);
    }

    /** Streams by ruleset, of streams by name of source. */
    static Map<String, Set<StreamId>> streams(Rulebook rulebook, Map<String, StreamId> sources) {
        return rulebook.rulesets().stream()
                .collect(Collectors.toMap(
                        Ruleset::name,
                        ruleset -> ruleset.sources().stream()
                                .map(SourceSpec::name)
                                .flatMap(name -> Stream.ofNullable(sources.get(name)))
                                .collect(Collectors.toUnmodifiableSet())));
    }
}
