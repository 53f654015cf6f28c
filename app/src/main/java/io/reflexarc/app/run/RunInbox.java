// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The line in front of a run's thread. Events wait at its gate while too much is undecided or undone behind it, so that a fast
 * source is as slow as what its events set off; everything else is always taken. Safe for any thread.
 */
final class RunInbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Deque<RunInput> line = new ArrayDeque<>();
    private final int bound;
    private int events;
    private int open;
    private boolean closed;
    private boolean woken;

    /** A line of at most so many events and open decisions. */
    RunInbox(int bound) {
        this.bound = bound;
    }

    /** Adds events, when there is room; {@code false} when the run does not take any more. */
    boolean add(List<RunInput.Event> arrived) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && events + open >= bound) {
                room.await();
            }
            if (closed) {
                return false;
            }
            line.addAll(arrived);
            events += arrived.size();
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Adds something that is no event. */
    void put(RunInput input) {
        lock.lock();
        try {
            line.add(input);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Makes who waits in {@link #take} look around. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** No event is taken any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The oldest inputs; waits for one as long as it may, for ever when it may. */
    List<RunInput> take(int max, Optional<Duration> wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = wait.map(Duration::toNanos).orElse(Long.MAX_VALUE);
            while (line.isEmpty() && !woken && nanos > 0) {
                nanos = wait.isEmpty() ? forEver() : filled.awaitNanos(nanos);
            }
            woken = false;
            List<RunInput> taken = new ArrayList<>(Math.min(max, line.size()));
            while (taken.size() < max && !line.isEmpty()) {
                taken.add(line.remove());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private long forEver() throws InterruptedException {
        filled.await();
        return Long.MAX_VALUE;
    }

    /** Inputs were dealt with, so many of them events; so much is open now. */
    void done(int eventsTaken, int openNow) {
        lock.lock();
        try {
            events -= eventsTaken;
            open = openNow;
            if (events + open < bound) {
                room.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
