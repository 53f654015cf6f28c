// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.core.id.EventId;
import io.reflexarc.rulebooks.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Why something that fulfils a rule is no match, told while it happens. Explanations are made of it; it changes nothing. */
public sealed interface Note {
    /** Whose conditions are fulfilled. */
    Rule rule();

    /** By what. */
    List<EventId> items();

    /**
     * The rule's throttle keeps it.
     *
     * @param count number of the event in its group
     * @param until end of the group's window; empty where the event is a group of its own
     */
    record Throttled(Rule rule, List<EventId> items, int count, Optional<Instant> until) implements Note {}

    /**
     * Another rule had it first.
     *
     * @param by name of that rule
     */
    record Taken(Rule rule, List<EventId> items, String by) implements Note {}

    /** One event stands for two conditions that need one each, and is gone. */
    record Twice(Rule rule, List<EventId> items) implements Note {}

    /**
     * It is in the window of a {@code not_all}.
     *
     * @param until its end; empty where the event has completed it, so that nothing will match
     */
    record Windowed(Rule rule, List<EventId> items, Optional<Instant> until) implements Note {}
}
