// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;

/**
 * Time that moves only by {@link #step}. The threads started here run one at a time, in the order of their waking, so that what
 * they do is the same every time; no real time passes while they sleep. One thread drives; it must not be one of them.
 */
public final class VirtualTime implements SourceTime {
    private final Object lock = new Object();
    private final PriorityQueue<Sleeper> sleepers =
            new PriorityQueue<>(Comparator.comparing(Sleeper::due).thenComparingLong(Sleeper::number));
    private final Semaphore driver = new Semaphore(0);
    private Instant now;
    private long numbers;

    /** Begins at this instant. */
    public VirtualTime(Instant begin) {
        this.now = begin;
    }

    @Override
    public Instant instant() {
        synchronized (lock) {
            return now;
        }
    }

    @Override
    public Thread start(String name, Runnable work) {
        Sleeper start = enqueue(Duration.ZERO);
        return Thread.ofVirtual().name(name).start(() -> {
            try {
                start.turn().acquire();
            } catch (InterruptedException e) {
                withdraw(start);
                Thread.currentThread().interrupt();
            }
            try {
                work.run();
            } finally {
                driver.release();
            }
        });
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Sleeper sleeper = enqueue(duration);
        driver.release();
        try {
            sleeper.turn().acquire();
        } catch (InterruptedException e) {
            withdraw(sleeper);
            throw e;
        }
    }

    @Override
    public void sleepForever() throws InterruptedException {
        driver.release();
        new Semaphore(0).acquire();
    }

    private Sleeper enqueue(Duration duration) {
        synchronized (lock) {
            Sleeper sleeper = new Sleeper(now.plus(duration), numbers++, new Semaphore(0));
            sleepers.add(sleeper);
            return sleeper;
        }
    }

    private void withdraw(Sleeper sleeper) {
        synchronized (lock) {
            sleepers.remove(sleeper);
        }
    }

    /** When the next thread wakes; empty when all have ended or wait for ever. */
    public Optional<Instant> next() {
        synchronized (lock) {
            return Optional.ofNullable(sleepers.peek()).map(Sleeper::due);
        }
    }

    /**
     * Moves the time to {@link #next}, wakes that thread and returns when it sleeps again or has ended.
     *
     * @return false when there was nobody to wake
     */
    public boolean step() throws InterruptedException {
        Sleeper woken;
        synchronized (lock) {
            woken = sleepers.poll();
            if (woken == null) {
                return false;
            }
            // here, and not later: a thread that is interrupted after this takes the lock before it says that it has
            // ended
            driver.drainPermits();
            now = woken.due().isAfter(now) ? woken.due() : now;
        }
        woken.turn().release();
        driver.acquire();
        return true;
    }

    /** Wakes everybody who is due up to then, and sets the clock to it. */
    public void advanceTo(Instant then) throws InterruptedException {
        while (next().filter(due -> !due.isAfter(then)).isPresent()) {
            step();
        }
        synchronized (lock) {
            now = then.isAfter(now) ? then : now;
        }
    }

    /** A thread that waits for its turn. */
    private record Sleeper(Instant due, long number, Semaphore turn) {}
}
