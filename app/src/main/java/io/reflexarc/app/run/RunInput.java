// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.log.NewEvent;
import java.util.Optional;

/** What reaches the thread of a run, in order. */
sealed interface RunInput {
    /** An event of a source. */
    record Event(StreamId stream, NewEvent event) implements RunInput {}

    /** A worker begins with a task for the first time. */
    record TaskStarted(ActionTask task) implements RunInput {}

    /** A task ended. */
    record TaskEnded(ActionTask task, TaskOutcome outcome, ActionOutcome detail) implements RunInput {}

    /** A task failed and is tried again. */
    record TaskRetried(ActionTask task, int attempt, String reason) implements RunInput {}

    /**
     * A source has no more events.
     *
     * @param plugin its type
     * @param failure why it could not go on; empty at a normal end
     */
    record SourceEnded(String plugin, Optional<String> failure) implements RunInput {}
}
