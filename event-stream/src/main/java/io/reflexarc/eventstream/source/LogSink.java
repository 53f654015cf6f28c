// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.log.Appended;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.source.SourceTime;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends to a stream of the log and, while the log is full or does not answer, waits and tries again. */
final class LogSink implements SourceSink {
    private static final Logger LOGGER = LoggerFactory.getLogger(LogSink.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final EventLog log;
    private final StreamId stream;
    private final SourceTime time;
    private final BiConsumer<List<NewEvent>, List<Appended>> listener;

    /** Appends to this stream, and tells what became of it; the waits are of this time. */
    LogSink(EventLog log, StreamId stream, SourceTime time, BiConsumer<List<NewEvent>, List<Appended>> listener) {
        this.listener = listener;
        this.log = log;
        this.stream = stream;
        this.time = time;
    }

    @Override
    public void accept(List<NewEvent> events) throws InterruptedException {
        Duration wait = FIRST_WAIT;
        while (true) {
            try {
                listener.accept(events, log.append(stream, events).await());
                return;
            } catch (ProblemException e) {
                if (!passes(e)) {
                    throw e;
                }
                if (wait.equals(FIRST_WAIT)) {
                    LOGGER.atDebug().addKeyValue("stream", stream).setCause(e).log("a source waits for the log");
                }
            }
            time.sleep(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        }
    }

    /** Whether it may pass by itself. After an append of which nothing is known, dedupe keys keep a repeat from counting. */
    private static boolean passes(ProblemException e) {
        return switch (e.type()) {
            case LOG_FULL, DEPENDENCY_DOWN -> true;
            default -> false;
        };
    }
}
