// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.vertx.core.Future;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Decides at each call to a port whether the owner dies before it, after it, or only loses the answer. */
final class Trouble {
    private final Random random;
    private int killAfter = Integer.MAX_VALUE;
    private double lostAnswers;
    private BooleanSupplier down = () -> false;

    Trouble(Random random) {
        this.random = random;
    }

    /** The owner dies within the next calls; some answers before that are lost. */
    void arm(int calls, double lost) {
        killAfter = calls;
        lostAnswers = lost;
    }

    void disarm() {
        killAfter = Integer.MAX_VALUE;
        lostAnswers = 0;
    }

    /** While this says so, no call arrives. */
    void outage(BooleanSupplier isDown) {
        down = isDown;
    }

    /** The call, with what may happen before and after it. */
    <T> Future<T> around(Supplier<Future<T>> call) {
        point();
        if (loses()) {
            return lost();
        }
        Future<T> answer = call.get();
        point();
        return loses() ? lost() : answer;
    }

    void point() {
        if (killAfter-- <= 0) {
            throw new Killed();
        }
    }

    boolean loses() {
        return down.getAsBoolean() || random.nextDouble() < lostAnswers;
    }

    static <T> Future<T> lost() {
        return Future.failedFuture(new IllegalStateException("connection reset"));
    }
}
