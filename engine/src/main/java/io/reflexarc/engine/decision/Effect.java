// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.util.List;

/**
 * What an action of the engine itself will do when its turn comes: fixed when the decision is made, and plain data, so that
 * a waiting one can be kept in a snapshot.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "effect")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Effect.Nothing.class, name = "nothing"),
    @JsonSubTypes.Type(value = Effect.Print.class, name = "print"),
    @JsonSubTypes.Type(value = Effect.Post.class, name = "post"),
    @JsonSubTypes.Type(value = Effect.Retract.class, name = "retract"),
    @JsonSubTypes.Type(value = Effect.ShutDown.class, name = "shutdown"),
    @JsonSubTypes.Type(value = Effect.Fail.class, name = "fail")
})
sealed interface Effect {
    /** What goes through the line of internal posts. */
    sealed interface Internal extends Effect permits Post, Retract {
        /** Ruleset that gets it. */
        String ruleset();
    }

    /** {@code none}. */
    record Nothing() implements Effect {}

    /**
     * {@code debug} and {@code print_event}.
     *
     * @param lines what it shows, in order
     */
    record Print(List<Printed> lines) implements Effect {
        public Print {
            lines = List.copyOf(lines);
        }
    }

    /**
     * {@code set_fact} and {@code post_event}.
     *
     * @param ruleset that gets it
     * @param action name of the action, for {@code meta.source}
     * @param fact a fact rather than an event
     * @param body without our {@code meta} yet
     */
    record Post(String ruleset, String action, boolean fact, JsonText body) implements Internal {}

    /**
     * {@code retract_fact}.
     *
     * @param ruleset that forgets it
     * @param fact its entries
     * @param partial whether a fact may have more entries than these
     */
    record Retract(String ruleset, JsonText fact, boolean partial) implements Internal {}

    /**
     * {@code shutdown}.
     *
     * @param now whether waiting actions are given up
     * @param grace how long running actions are waited for otherwise
     * @param message why
     * @param shown what it shows
     */
    record ShutDown(boolean now, Duration grace, String message, Printed shown) implements Effect {}

    /**
     * An action that cannot be done as it is written.
     *
     * @param message why
     */
    record Fail(String message) implements Effect {}
}
