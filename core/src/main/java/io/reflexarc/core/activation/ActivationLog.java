// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.page.Slice;
import io.reflexarc.core.page.SliceRequest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What the processes said about activations: the lines of their logs that name one. */
public interface ActivationLog {
    /** Keeps lines; lines of activations that are gone are kept too. */
    Future<Void> append(List<Line> lines);

    /**
     * Newest first. Filters: {@code level} (this one or worse), {@code text} (anywhere in the line), {@code since},
     * {@code until}.
     */
    Future<Slice<Line>> lines(ActivationId activation, SliceRequest request);

    /** Forgets lines that are older; answers how many. */
    Future<Long> dropBefore(Instant time);

    /** How bad it is, the worst first. */
    enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG;

        /** In lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A line.
     *
     * @param activation of which it tells
     * @param at when
     * @param level how bad
     * @param process that said it
     * @param logger short name of the class that said it
     * @param message a fragment of a sentence
     * @param details names and values that belong to it, as they are logged; may be empty
     */
    record Line(
            ActivationId activation,
            Instant at,
            Level level,
            String process,
            String logger,
            String message,
            String details) {}
}
