// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Whether a run goes on: the first reason to end it counts. */
final class RunEnding {
    private final Duration delay;
    private Optional<RunShutdown> shutdown = Optional.empty();
    private Optional<Instant> deadline = Optional.empty();
    private final Map<DecisionId, RunShutdown> asked = new LinkedHashMap<>();
    private boolean failed;
    private volatile boolean stopped;

    RunEnding(Duration delay) {
        this.delay = delay;
    }

    /** A source has ended, well or not. */
    void source(RunInput.SourceEnded ended, Instant now) {
        failed |= ended.failure().isPresent();
        String message = ended.failure().isPresent()
                ? "Shutting down source: " + ended.plugin()
                : "Source " + ended.plugin() + " initiated shutdown at "
                        + PythonTime.text(LocalDateTime.ofInstant(now, ZoneId.systemDefault()));
        begin(new RunShutdown(message, delay.toMillis() / 1000.0, RunShutdown.GRACEFUL, ended.plugin()), now);
    }

    /** A rule says so. */
    void rule(DecisionId decision, boolean immediately, double seconds, String why, Instant now) {
        RunShutdown rule = new RunShutdown(why, seconds, immediately ? RunShutdown.NOW : RunShutdown.GRACEFUL, "");
        asked.put(decision, rule);
        begin(rule, now);
    }

    private void begin(RunShutdown first, Instant now) {
        if (shutdown.isEmpty()) {
            shutdown = Optional.of(first);
            deadline = Optional.of(
                    first.kind().equals(RunShutdown.NOW) ? now : now.plusMillis(Math.round(first.seconds() * 1000)));
        }
    }

    /** What a {@code shutdown} of this decision asked for, for its report. */
    JsonText asked(DecisionId decision) {
        RunShutdown rule = asked.remove(decision);
        if (rule == null) {
            return JsonText.EMPTY_OBJECT;
        }
        return JsonText.of(Map.of("delay", rule.seconds(), "message", rule.message(), "kind", rule.kind()));
    }

    /** Somebody outside says so; from any thread. */
    void stop() {
        stopped = true;
    }

    boolean stopped() {
        return stopped;
    }

    boolean begun() {
        return shutdown.isPresent() || stopped;
    }

    boolean failed() {
        return failed;
    }

    Optional<RunShutdown> shutdown() {
        return shutdown;
    }

    Optional<Instant> deadline() {
        return deadline;
    }

    /** Whether nothing is waited for any more. */
    boolean over(Instant now, boolean quiet, boolean completed) {
        if (stopped) {
            return true;
        }
        if (shutdown.isEmpty()) {
            return completed;
        }
        boolean late = deadline.filter(end -> !end.isAfter(now)).isPresent();
        return late || quiet;
    }
}
