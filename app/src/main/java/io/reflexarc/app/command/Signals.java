// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.run.RulebookRun;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A run and the end of its process: SIGINT and SIGTERM stop the run, and the JVM leaves with 130 or 143 when it has cancelled
 * its actions and closed its sources.
 */
final class Signals {
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    private Signals(RulebookRun run) {
        this.hook = Thread.ofPlatform().name("signals").unstarted(() -> {
            run.stop();
            try {
                boolean unused = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** From now on the end of the process stops this run first. */
    static Signals stopping(RulebookRun run) {
        Signals signals = new Signals(run);
        Runtime.getRuntime().addShutdownHook(signals.hook);
        return signals;
    }

    /** The run is over: nobody waits for it any more. */
    void over() {
        over.countDown();
    }

    /** Another run follows. */
    void cancel() {
        over();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is about to end, and the hook does no harm
        }
    }
}
