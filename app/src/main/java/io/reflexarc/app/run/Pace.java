// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.reflexarc.core.source.SourceTime;
import io.reflexarc.core.source.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** How a run waits: for real, or by moving a time that nobody else moves. */
sealed interface Pace {
    /** Events and open decisions beyond which sources wait. */
    int bound();

    /**
     * What has arrived; empty when the instant came first.
     *
     * @param until asked when nothing is there
     * @param tasks how many actions run outside
     */
    List<RunInput> take(RunInbox inbox, int max, Supplier<Optional<Instant>> until, IntSupplier tasks)
            throws InterruptedException;

    /** Lets sources that were told to stop do so. */
    void drain() throws InterruptedException;

    static Pace of(SourceTime time) {
        return time instanceof VirtualTime virtual ? new Virtual(virtual) : new Real(time);
    }

    /** The world's time. */
    record Real(SourceTime time) implements Pace {
        private static final int BOUND = 1_000;

        @Override
        public int bound() {
            return BOUND;
        }

        @Override
        public List<RunInput> take(RunInbox inbox, int max, Supplier<Optional<Instant>> until, IntSupplier tasks)
                throws InterruptedException {
            List<RunInput> ready = inbox.take(max, Optional.of(Duration.ZERO));
            return ready.isEmpty()
                    ? inbox.take(max, until.get().map(end -> Duration.between(time.instant(), end)))
                    : ready;
        }

        @Override
        public void drain() {
            // They run by themselves
        }
    }

    /**
     * Virtual time: sources run one at a time, as long as they like, while this thread waits; so nobody may wait for room. While
     * an action runs outside, the time stands still.
     */
    record Virtual(VirtualTime time) implements Pace {
        private static final int MAX_STEPS = 1_000;

        @Override
        public int bound() {
            return Integer.MAX_VALUE;
        }

        @Override
        public List<RunInput> take(RunInbox inbox, int max, Supplier<Optional<Instant>> until, IntSupplier tasks)
                throws InterruptedException {
            List<RunInput> ready = inbox.take(max, Optional.of(Duration.ZERO));
            while (ready.isEmpty()) {
                if (tasks.getAsInt() > 0) {
                    return inbox.take(max, Optional.empty());
                }
                Optional<Instant> end = until.get();
                Optional<Instant> next = time.next();
                if (next.isPresent() && (end.isEmpty() || !next.get().isAfter(end.get()))) {
                    time.step();
                } else if (end.isPresent()) {
                    time.advanceTo(end.get());
                    return inbox.take(max, Optional.of(Duration.ZERO));
                } else {
                    throw new IllegalStateException("nothing will ever happen: all sources wait for the world outside");
                }
                ready = inbox.take(max, Optional.of(Duration.ZERO));
            }
            return ready.stream().anyMatch(RunInput.SourceEnded.class::isInstance)
                    ? withTheOthers(ready, inbox, max)
                    : ready;
        }

        /** A source that ends ends the run, but what other sources have to say at the same instant came as early. */
        private List<RunInput> withTheOthers(List<RunInput> ready, RunInbox inbox, int max)
                throws InterruptedException {
            Instant now = time.instant();
            for (int i = 0;
                    i < MAX_STEPS
                            && time.next().filter(due -> !due.isAfter(now)).isPresent();
                    i++) {
                time.step();
            }
            List<RunInput> all = new ArrayList<>(ready);
            all.addAll(inbox.take(max, Optional.of(Duration.ZERO)));
            // sorting is stable: ends come after everything else
            all.sort(Comparator.comparing(RunInput.SourceEnded.class::isInstance));
            return all;
        }

        @Override
        public void drain() throws InterruptedException {
            for (int i = 0; i < MAX_STEPS && time.next().isPresent(); i++) {
                time.step();
            }
        }
    }
}
