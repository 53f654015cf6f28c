// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.logging;

import io.reflexarc.core.activation.ActivationLog;
import io.reflexarc.core.activation.ActivationLog.Level;
import io.reflexarc.core.activation.ActivationLog.Line;
import io.reflexarc.core.id.ActivationId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/**
 * Keeps each line of this process's log that names an activation. Logging never waits for it: what finds the queue full, or the
 * database down for long, is in the process's own log only.
 */
public final class ActivationLines {
    private static final String KEY = "activationId";
    private static final String NAME = "activation-lines";
    private static final int QUEUED = 5_000;
    private static final int EVERY_MILLIS = 500;
    private static final int LONGEST = 4_000;

    private final BlockingQueue<Line> queue = new ArrayBlockingQueue<>(QUEUED);
    private final Vertx vertx;
    private final ActivationLog log;
    private final Tap tap;
    private final long timer;

    private ActivationLines(Vertx vertx, ActivationLog log, String process) {
        this.vertx = vertx;
        this.log = log;
        this.tap = new Tap(process, queue);
        tap.start();
        root().ifPresent(logger -> logger.addAppender(tap));
        this.timer = vertx.setPeriodic(EVERY_MILLIS, unused -> flush());
    }

    /** Listens from now on. */
    public static ActivationLines keep(Vertx vertx, ActivationLog log, String process) {
        return new ActivationLines(vertx, log, process);
    }

    /** Listens no more, and keeps what was said until now. */
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        root().ifPresent(logger -> logger.removeAppender(tap));
        tap.stop();
        return flush().otherwiseEmpty();
    }

    private Future<Void> flush() {
        List<Line> lines = new ArrayList<>();
        queue.drainTo(lines);
        return lines.isEmpty() ? Future.succeededFuture() : log.append(lines);
    }

    /** Another logging backend, as tests may have, has no such logger. */
    private static Optional<Logger> root() {
        return LogManager.getContext(false) instanceof LoggerContext context
                ? Optional.of(context.getLogger("io.reflexarc"))
                : Optional.empty();
    }

    private static final class Tap extends AbstractAppender {
        private final String process;
        private final BlockingQueue<Line> queue;

        Tap(String process, BlockingQueue<Line> queue) {
            super(NAME, null, null, true, Property.EMPTY_ARRAY);
            this.process = process;
            this.queue = queue;
        }

        @Override
        public void append(LogEvent event) {
            String id = event.getContextData().getValue(KEY);
            if (id != null && id.matches("[0-9]{1,18}")) {
                queue.offer(line(new ActivationId(Long.parseLong(id)), event));
            }
        }

        private Line line(ActivationId activation, LogEvent event) {
            String name = event.getLoggerName();
            return new Line(
                    activation,
                    Instant.ofEpochMilli(event.getInstant().getEpochMillisecond()),
                    level(event),
                    process,
                    name.substring(name.lastIndexOf('.') + 1),
                    cut(event.getMessage().getFormattedMessage()),
                    cut(details(event)));
        }

        private static Level level(LogEvent event) {
            return switch (event.getLevel().getStandardLevel()) {
                case FATAL, ERROR, OFF -> Level.ERROR;
                case WARN -> Level.WARN;
                case INFO -> Level.INFO;
                case DEBUG, TRACE, ALL -> Level.DEBUG;
            };
        }

        private static String details(LogEvent event) {
            TreeMap<String, String> values =
                    new TreeMap<>(event.getContextData().toMap());
            values.remove(KEY);
            Optional.ofNullable(event.getThrown()).ifPresent(thrown -> values.put("cause", thrown.toString()));
            return values.entrySet().stream()
                    .filter(value -> !value.getValue().isEmpty())
                    .map(value -> value.getKey() + "=" + value.getValue())
                    .collect(Collectors.joining(" "));
        }

        private static String cut(String text) {
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        }
    }
}
