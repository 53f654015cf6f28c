// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.audit;

import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An action of a decision and how it went.
 *
 * @param index place in the rule's list
 * @param name as in the rulebook
 * @param arguments rendered
 * @param task empty for the engine's own actions
 * @param state {@code succeeded}, {@code failed}, {@code waiting} …: a {@link io.reflexarc.core.action.TaskState} label
 * @param message why it failed, else empty
 * @param result what is known of it, a JSON object
 * @param output of the last attempt, at most 64 kB
 * @param outputSize characters in all
 * @param outputArtifact where all of it lies, when it is longer
 * @param attempts in order; empty for the engine's own actions
 * @param endedAt when it ended
 */
public record ActionView(
        int index,
        String name,
        JsonText arguments,
        Optional<TaskId> task,
        String state,
        String message,
        JsonText result,
        String output,
        long outputSize,
        Optional<String> outputArtifact,
        List<Attempt> attempts,
        Optional<Instant> endedAt) {
    public ActionView {
        attempts = List.copyOf(attempts);
    }

    /**
     * One attempt.
     *
     * @param number from 1
     * @param worker that ran it
     * @param startedAt when it was claimed
     * @param endedAt when it ended
     * @param outcome {@code running}, {@code succeeded}, {@code failed}, {@code cancelled} or {@code lost}
     * @param message why it failed, else empty
     */
    public record Attempt(
            int number, String worker, Instant startedAt, Optional<Instant> endedAt, String outcome, String message) {}
}
