// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Repeats calls to a log or a store that does not answer, with growing waits, for as long as the owner holds its lease. */
final class Patience {
    private static final long FIRST_MILLIS = 50;
    private static final long LONGEST_MILLIS = 3_000;

    /** A server that takes a call and never answers it is as bad as one that is not there. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private final Ownership ownership;
    private final RandomGenerator random;
    private int failures;

    Patience(Ownership ownership, RandomGenerator random) {
        this.ownership = ownership;
        this.random = random;
    }

    /** The answer, sooner or later; throws {@link Stopped} when the lease is over, and what a repeat cannot help. */
    <T> T insist(String what, Supplier<Future<T>> call) {
        while (true) {
            requireHeld();
            try {
                T answer = call.get()
                        .timeout(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                        .await();
                worked();
                return answer;
            } catch (ProblemException e) {
                if (e.type() != ProblemType.DEPENDENCY_DOWN) {
                    throw e;
                }
                failed(what, e);
            } catch (Stopped e) {
                throw e;
            } catch (Exception e) {
                failed(what, e);
            }
        }
    }

    void requireHeld() {
        if (!ownership.holds()) {
            throw new Stopped(new Stopped.Reason.Fenced());
        }
    }

    /** Waits before the next try. */
    void failed(String what, Exception cause) {
        failures++;
        if (failures == 1) {
            ownership.trouble(what + " fails and is repeated: " + cause.getMessage());
        }
        long longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures - 1, 10));
        ownership.pause(Duration.ofMillis(longest / 2 + random.nextLong(longest / 2 + 1)));
    }

    void worked() {
        if (failures > 0) {
            failures = 0;
            ownership.trouble("");
        }
    }
}
