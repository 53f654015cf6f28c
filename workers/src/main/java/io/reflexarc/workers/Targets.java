// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import io.reflexarc.core.action.Action;
import io.reflexarc.core.action.ActionOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one worker knows about the targets of its actions. A target that failed several times in a row is left alone for a
 * while and then tried by one attempt (a circuit breaker); no target gets all the attempts that run at a time (a bulkhead).
 * Safe for any thread.
 */
final class Targets {
    /** Failures in a row that open the breaker. */
    static final int FAILURES = 5;

    /** How long it is open at first; twice as long whenever the try failed, up to {@link #LONGEST}. */
    static final Duration FIRST = Duration.ofSeconds(10);

    static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int FORGET_BEYOND = 1_000;

    private final InstantSource clock;
    private final int room;
    private final Map<String, State> states = new HashMap<>();

    /**
     * Nothing is known yet.
     *
     * @param concurrency attempts of the worker at a time; a target gets half of them
     */
    Targets(InstantSource clock, int concurrency) {
        this.clock = clock;
        this.room = Math.max(1, (concurrency + 1) / 2);
    }

    /** Begins a call, or says when to ask again. */
    synchronized Optional<Refusal> enter(String address) {
        Instant now = clock.instant();
        if (states.size() > FORGET_BEYOND) {
            states.values().removeIf(State::healthyAndIdle);
        }
        State state = states.computeIfAbsent(address, unused -> new State());
        if (state.failures >= FAILURES && (now.isBefore(state.closedUntil) || state.running > 0)) {
            Duration rest = Duration.between(now, state.closedUntil);
            return Optional.of(new Refusal(
                    atLeast(rest, SHORTEST_WAIT),
                    "postponed: " + address + " failed " + state.failures + " times in a row and is left alone until "
                            + state.closedUntil));
        }
        if (state.running >= room) {
            return Optional.of(new Refusal(
                    state.turn(now, room), "postponed: " + room + " other attempts of this worker are at " + address));
        }
        state.running++;
        return Optional.empty();
    }

    /** A call that was begun has ended. */
    synchronized void leave(Action.Target target, Verdict verdict, Duration time) {
        State state = states.get(target.address());
        if (state == null) {
            return;
        }
        state.running--;
        switch (verdict) {
            case WELL -> {
                state.failures = 0;
                state.pause = FIRST;
                state.usual = state.usual.multipliedBy(7).plus(time).dividedBy(8);
            }
            case FAILED -> state.failed(clock.instant());
            case UNKNOWN -> {
                // It was stopped by us: nothing is known of the target.
            }
        }
    }

    /** What an attempt says about its target. */
    static Verdict judge(Action.Target target, ActionOutcome outcome, boolean threw) {
        return switch (outcome) {
            case ActionOutcome.Succeeded ignored -> Verdict.WELL;
            // It answers, and asks for patience
            case ActionOutcome.Failed failed when failed.retryAfter().isPresent() -> Verdict.WELL;
            case ActionOutcome.Failed failed ->
                failed.retryable() && (threw || target.answersFor()) ? Verdict.FAILED : Verdict.WELL;
        };
    }

    private static Duration atLeast(Duration wanted, Duration least) {
        return wanted.compareTo(least) < 0 ? least : wanted;
    }

    enum Verdict {
        WELL,
        FAILED,
        UNKNOWN
    }

    /**
     * Why a call may not begin.
     *
     * @param delay when to ask again
     */
    record Refusal(Duration delay, String reason) {}

    private static final class State {
        private int running;
        private int failures;
        private Duration pause = FIRST;
        private Instant closedUntil = Instant.MIN;
        private Duration usual = SHORTEST_WAIT;
        private Instant line = Instant.MIN;

        void failed(Instant now) {
            failures++;
            if (failures >= FAILURES && !now.isBefore(closedUntil)) {
                closedUntil = now.plus(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
            }
        }

        /** Those who wait come back one after the other, as fast as the target has room again. */
        Duration turn(Instant now, int room) {
            line = (line.isBefore(now) ? now : line).plus(usual.dividedBy(room));
            Duration wait = atLeast(Duration.between(now, line), SHORTEST_WAIT);
            return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        }

        boolean healthyAndIdle() {
            return running == 0 && failures == 0;
        }
    }
}
