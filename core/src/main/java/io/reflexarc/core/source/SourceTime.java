// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import java.time.Duration;
import java.time.InstantSource;

/** The time that sources live in: the world's, or one that is moved by hand ({@link VirtualTime}). */
public interface SourceTime extends InstantSource {
    /** Starts work on a virtual thread that lives in this time. */
    Thread start(String name, Runnable work);

    /** The calling thread, which was started here, does nothing for so long; zero lets others go first. */
    void sleep(Duration duration) throws InterruptedException;

    /** The calling thread, which was started here, does nothing until it is interrupted. */
    void sleepForever() throws InterruptedException;

    /** The world's time, as this clock shows it. */
    static SourceTime of(InstantSource clock) {
        return new WorldTime(clock);
    }
}
