// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.activation.ActivationLog;
import java.time.Instant;

/**
 * A line of a process's log that tells of an activation.
 *
 * @param at when
 * @param level error, warn, info or debug
 * @param process that said it
 * @param logger what said it
 * @param message a fragment of a sentence
 * @param details names and values
 */
public record LogLineView(Instant at, String level, String process, String logger, String message, String details) {
    static LogLineView of(ActivationLog.Line line) {
        return new LogLineView(
                line.at(), line.level().label(), line.process(), line.logger(), line.message(), line.details());
    }
}
