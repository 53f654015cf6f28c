// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Where a session stands between its first decision and its end: which entries and rules lead from phase to phase. */
final class Life {
    private Phase phase;
    private Optional<Instant> closing;
    private String message;

    /** Of a session that decides. */
    Life() {
        this(Phase.ACTIVE, Optional.empty(), "");
    }

    /** As a snapshot holds it. */
    Life(Phase phase, Optional<Instant> closing, String message) {
        this.phase = phase;
        this.closing = closing;
        this.message = message;
    }

    Phase phase() {
        return phase;
    }

    /** When a graceful shutdown stops waiting. */
    Optional<Instant> closing() {
        return closing;
    }

    /** What a shutdown said; empty before. */
    String message() {
        return message;
    }

    boolean decides() {
        return phase == Phase.ACTIVE;
    }

    /** Whether the grace of a shutdown is used up. */
    boolean isOver(Instant now) {
        return phase == Phase.CLOSING
                && closing.filter(end -> !end.isAfter(now)).isPresent();
    }

    void pause() {
        phase = phase == Phase.ACTIVE ? Phase.PAUSED : phase;
    }

    /** Also a session that was shut down decides again. */
    void resume() {
        phase = Phase.ACTIVE;
        closing = Optional.empty();
        message = "";
    }

    /** Waits for running actions; the first shutdown says how long, the last one why. */
    void close(String why, Instant now, Duration grace) {
        message = why;
        if (phase == Phase.ACTIVE) {
            phase = Phase.CLOSING;
            closing = Optional.of(now.plus(grace));
        }
    }

    void complete() {
        phase = Phase.COMPLETED;
        closing = Optional.empty();
    }
}
