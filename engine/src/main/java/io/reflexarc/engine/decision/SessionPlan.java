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
import java.time.Duration;
import java.util.Map;

/**
 * Everything that a session decides by, beside the entries.
 *
 * @param inbox whose entries it takes
 * @param incarnation of the log
 * @param rulebook checked
 * @param rulebookVersion id of its version
 * @param variables of the activation, a JSON object
 * @param sources stream by name of source
 * @param strategy for rulesets that do not say
 * @param shutdownDelay how long a graceful {@code shutdown} waits that does not say
 * @param templates render arguments
 * @param catalogue knows the terms of tasks
 */
public record SessionPlan(
        InboxId inbox,
        Incarnation incarnation,
        Rulebook rulebook,
        long rulebookVersion,
        JsonText variables,
        Map<String, StreamId> sources,
        ExecutionStrategy strategy,
        Duration shutdownDelay,
        Templates templates,
        ActionCatalogue catalogue) {
    /** How long a graceful shutdown waits when nobody says. */
    public static final Duration SHUTDOWN_DELAY = Duration.ofSeconds(60);

    public SessionPlan {
        sources = Map.copyOf(sources);
    }

    /** With the usual delay of a graceful shutdown. */
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
                sources,
                strategy,
                SHUTDOWN_DELAY,
                templates,
                catalogue);
    }
}
