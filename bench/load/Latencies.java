// SPDX-License-Identifier: Apache-2.0
package load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When each of many things was due and when it was done. A latency counts from the time at which sending was intended, so
 * that a stall is not hidden by waiting for it.
 */
final class Latencies {
    private final AtomicLongArray due;
    private final AtomicLongArray done;
    private final AtomicInteger count = new AtomicInteger();

    Latencies(AtomicLongArray due) {
        this.due = due;
        this.done = new AtomicLongArray(due.length());
    }

    /** {@code false} when it was done before. */
    boolean done(int n) {
        boolean first = done.compareAndSet(n, 0, System.nanoTime());
        if (first) {
            count.incrementAndGet();
        }
        return first;
    }

    int count() {
        return count.get();
    }

    /** In milliseconds, of those that are done, from one number on. */
    ObjectNode percentiles(int from) {
        double[] millis = new double[done.length()];
        int count = 0;
        for (int i = from; i < done.length(); i++) {
            if (done.get(i) != 0) {
                millis[count++] = (done.get(i) - due.get(i)) / 1e6;
            }
        }
        double[] sorted = Arrays.copyOf(millis, count);
        Arrays.sort(sorted);
        ObjectNode node = Site.JSON.createObjectNode();
        for (double p : new double[] {50, 95, 99, 100}) {
            double value = count == 0 ? -1 : sorted[(int) Math.min(count - 1, Math.ceil(p / 100 * count) - 1)];
            node.put(p == 100 ? "max" : "p" + (int) p, round(value));
        }
        return node;
    }

    static double round(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.3f", value));
    }
}
