// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.run.RulebookRun;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGINT and SIGTERM stop the run; the JVM leaves with 130 or 143 when its actions are cancelled, its sources closed and its
 * reports sent.
 */
final class Signals implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch over = new CountDownLatch(1);
    private Optional<RulebookRun> current = Optional.empty();
    private boolean raised;

    private Signals() {}

    /** From now on until {@link #close} the end of the process waits for the end of the program. */
    static Signals heard() {
        Signals signals = new Signals();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("signals").unstarted(signals::raise));
        return signals;
    }

    private void raise() {
        stop();
        try {
            boolean unused = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void stop() {
        raised = true;
        current.ifPresent(RulebookRun::stop);
    }

    /** This run is the one to stop. */
    synchronized void stops(RulebookRun run) {
        current = Optional.of(run);
        if (raised) {
            run.stop();
        }
    }

    synchronized boolean raised() {
        return raised;
    }

    @Override
    public void close() {
        over.countDown();
    }
}
