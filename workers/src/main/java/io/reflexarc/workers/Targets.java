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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one worker knows about the targets of its actions. A target that failed several times in a row is left alone for a
 * while and then tried by one attempt (a circuit breaker); no target gets all the attempts that run at a time (a bulkhead): half
 * of them call it, a quarter stand in line for it, and who comes then waits a moment and is postponed. Safe for any thread.
 */
final class Targets {
    /** Failures in a row that open the breaker. */
    static final int FAILURES = 5;

    /** How long it is open at first; twice as long whenever the try failed, up to {@link #LONGEST}. */
    static final Duration FIRST = Duration.ofSeconds(10);

    static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /**
     * How long one waits for whom the line has no room. A postponed task keeps its lock key, so a target that is busy and quick must
     * not postpone many.
     */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** A postponed task keeps its lock key: a busy target that is quick must not hold the key for long. */
    private static final Duration SHORTEST_TURN = Duration.ofMillis(25);

    private static final int FORGET_BEYOND = 1_000;

    private final InstantSource clock;
    private final int room;
    private final int line;
    private final Lock lock = new ReentrantLock();
    private final Map<String, State> states = new HashMap<>();

    /**
     * Nothing is known yet.
     *
     * @param concurrency attempts of the worker at a time
     */
    Targets(InstantSource clock, int concurrency) {
        this.clock = clock;
        this.room = Math.max(1, (concurrency + 1) / 2);
        this.line = concurrency / 4;
    }

    /** Begins a call, when need be after those in front of it, or says when to ask again. */
    Optional<Refusal> enter(String address) {
        lock.lock();
        try {
            if (states.size() > FORGET_BEYOND) {
                states.values().removeIf(State::healthyAndIdle);
            }
            State state = states.computeIfAbsent(address, unused -> new State(lock.newCondition()));
            boolean inLine = state.waiting < line;
            long patience = PATIENCE.toNanos();
            Optional<Refusal> refusal = broken(address, state);
            while (refusal.isEmpty() && state.running >= room) {
                if (!inLine && patience <= 0) {
                    return Optional.of(full(address, state));
                }
                state.waiting++;
                try {
                    if (inLine) {
                        state.left.await();
                    } else {
                        patience = state.left.awaitNanos(patience);
                    }
                } finally {
                    state.waiting--;
                }
                refusal = broken(address, state);
            }
            if (refusal.isEmpty()) {
                state.running++;
            }
            return refusal;
        } catch (InterruptedException e) {
            return Optional.of(new Refusal(Duration.ZERO, "postponed: was stopped in the line for " + address));
        } finally {
            lock.unlock();
        }
    }

    private Refusal full(String address, State state) {
        return new Refusal(
                state.turn(clock.instant(), room),
                "postponed: " + (state.running + state.waiting) + " other attempts of this worker are at " + address);
    }

    private Optional<Refusal> broken(String address, State state) {
        Instant now = clock.instant();
        if (state.failures < FAILURES || (!now.isBefore(state.closedUntil) && state.running == 0)) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                atLeast(Duration.between(now, state.closedUntil), SHORTEST_WAIT),
                "postponed: " + address + " failed " + state.failures + " times in a row and is left alone until "
                        + state.closedUntil));
    }

    /** A call that was begun has ended. */
    void leave(Action.Target target, Verdict verdict, Duration time) {
        lock.lock();
        try {
            State state = states.get(target.address());
            if (state != null) {
                left(state, verdict, time);
            }
        } finally {
            lock.unlock();
        }
    }

    private void left(State state, Verdict verdict, Duration time) {
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
        if (state.failures < FAILURES) {
            state.left.signal();
        } else {
            state.left.signalAll(); // the whole line is to hear that the target is broken
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
        private final Condition left;
        private int running;
        private int waiting;
        private int failures;
        private Duration pause = FIRST;
        private Instant closedUntil = Instant.MIN;
        private Duration usual = SHORTEST_WAIT;
        private Instant line = Instant.MIN;

        State(Condition left) {
            this.left = left;
        }

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
            Duration wait = atLeast(Duration.between(now, line), SHORTEST_TURN);
            return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        }

        boolean healthyAndIdle() {
            return running == 0 && waiting == 0 && failures == 0;
        }
    }
}
