// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.reflexarc.core.id.TaskId;
import java.util.Optional;

/** One action of a decision as the order of actions sees it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Step.Own.class, name = "own"),
    @JsonSubTypes.Type(value = Step.Task.class, name = "task")
})
sealed interface Step {
    /** Place in the rule's list. */
    int index();

    /** An action of the engine itself. */
    record Own(int index, Effect effect) implements Step {}

    /**
     * An action for a worker.
     *
     * @param task its id
     * @param awaited whether an outcome will come
     * @param feedback where data of the outcome goes
     */
    record Task(int index, TaskId task, boolean awaited, Optional<Feedback> feedback) implements Step {}

    /**
     * What {@code set_facts} and {@code post_events} ask for.
     *
     * @param ruleset that gets the data
     * @param action name of the action, for {@code meta.source}
     * @param fact as a fact
     * @param event as an event
     */
    record Feedback(String ruleset, String action, boolean fact, boolean event) {}
}
