// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.decision.Printed;

/**
 * Sees everything that a run does, in order. All methods but {@link #actionPrinted} are called on the run's one thread; none of
 * them may take long.
 */
public interface RunObserver {
    /** Nobody looks. */
    RunObserver NONE = new RunObserver() {};

    /** The run begins. */
    default void began(RunIdentity identity) {}

    /** An event of a source, its filters and {@code meta} applied, is about to reach a ruleset. */
    default void received(String ruleset, JsonText event) {}

    /** {@code debug}, {@code print_event}, {@code shutdown} show a value with its type. */
    default void printed(Printed printed) {}

    /** An action has put something into the engine, or taken it away. */
    default void emitted(Emitted emitted) {}

    /** An action outside the engine starts. */
    default void started(ActionReport.Started job) {}

    /** An action prints; on a thread of its own. */
    default void actionPrinted(ActionTask task, String text) {}

    /** An action outside the engine failed and is tried again. */
    default void retried(ActionTask task, int attempt, String reason) {}

    /** An action has ended. */
    default void ended(ActionReport report) {}

    /** Statistics of a ruleset: with a heartbeat, before each decision with a heartbeat, and at the end. */
    default void counted(RulesetStats stats) {}

    /** A source or a rule ends the run; told once for each ruleset, when all is over. */
    default void shutDown(String ruleset, RunShutdown shutdown) {}

    /** Something went wrong that is not the result of an action. */
    default void failed(String sentence) {}

    /** Nothing is left to do for the moment: what was written should be seen now. */
    default void idle() {}

    /** What actions do to the engine. */
    enum Effect {
        /** {@code set_fact}, or what a playbook found out. */
        FACT,
        /** {@code post_event}, or what a playbook found out. */
        EVENT,
        /** {@code retract_fact}. */
        RETRACT
    }

    /**
     * Something that an action gave to a ruleset.
     *
     * @param kind of it
     * @param ruleset that got it
     * @param body the event or fact with its {@code meta}; of a retraction what was asked for
     * @param partial of a retraction: a fact may have more entries
     */
    record Emitted(Effect kind, String ruleset, JsonNode body, boolean partial) {}
}
