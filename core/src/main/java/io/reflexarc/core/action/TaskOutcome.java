// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import java.util.Optional;

/**
 * How a task ended, as the session that waits for it is told.
 *
 * @param task which
 * @param state an ended one
 * @param message why, when it did not succeed, else empty
 * @param feedback data for {@code set_facts} or {@code post_events}, a JSON object
 */
public record TaskOutcome(TaskId task, TaskState state, String message, Optional<JsonText> feedback) {}
