// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Time that passes by itself. */
final class WorldTime implements SourceTime {
    private final InstantSource clock;
    private final CountDownLatch never = new CountDownLatch(1);

    WorldTime(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public Thread start(String name, Runnable work) {
        return Thread.ofVirtual().name(name).start(work);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (duration.isPositive()) {
            never.await(TimeUnit.MILLISECONDS.convert(duration), TimeUnit.MILLISECONDS);
        } else if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @Override
    public void sleepForever() throws InterruptedException {
        never.await();
    }
}
