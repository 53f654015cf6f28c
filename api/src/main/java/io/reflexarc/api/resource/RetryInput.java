// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Constraint.AnyObject;
import io.reflexarc.api.endpoint.Constraint.Says;
import io.reflexarc.core.json.JsonText;
import java.util.Optional;

/**
 * How a dead letter is tried again.
 *
 * @param arguments all arguments of a new task that takes its place; without them the same task is queued again
 */
public record RetryInput(
        @AnyObject @Says("All arguments of a new task that takes its place. Left out: the same task, unchanged.")
        Optional<JsonText> arguments) {}
