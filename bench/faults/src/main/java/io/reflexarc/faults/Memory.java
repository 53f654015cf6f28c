// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at the resident memory of the roles every few seconds. */
final class Memory implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final double HOUR = 3_600;

    private final Map<Part, List<double[]>> samples = new EnumMap<>(Part.class);
    private final Thread thread;
    private volatile boolean closed;

    Memory(Cluster cluster, Stopwatch watch) {
        thread = Thread.ofVirtual().start(() -> {
            for (double next = 0; !closed; Stopwatch.pause(Duration.ofMillis(200))) {
                if (watch.seconds() < next) {
                    continue;
                }
                next = watch.seconds() + PERIOD.toSeconds();
                cluster.resident().forEach((part, size) -> add(part, watch.seconds(), size / 1024.0));
            }
        });
    }

    private synchronized void add(Part part, double second, double megabytes) {
        samples.computeIfAbsent(part, first -> new ArrayList<>()).add(new double[] {second, megabytes});
    }

    /** The most that each role had, in MB. */
    synchronized Map<String, Long> peaks() {
        Map<String, Long> peaks = new LinkedHashMap<>();
        samples.forEach((part, list) -> peaks.put(
                part.label(),
                Math.round(list.stream().mapToDouble(sample -> sample[1]).max().orElse(0))));
        return peaks;
    }

    /** Least-squares slope in percent an hour of the mean; over kills it says little, over a soak a lot. */
    synchronized Map<String, Double> slopes() {
        Map<String, Double> slopes = new LinkedHashMap<>();
        samples.forEach((part, list) -> slopes.put(part.label(), slope(list)));
        return slopes;
    }

    private static double slope(List<double[]> list) {
        double x = list.stream().mapToDouble(sample -> sample[0]).average().orElse(0);
        double y = list.stream().mapToDouble(sample -> sample[1]).average().orElse(1);
        double over = 0;
        double under = 0;
        for (double[] sample : list) {
            over += (sample[0] - x) * (sample[1] - y);
            under += (sample[0] - x) * (sample[0] - x);
        }
        return under == 0 ? 0 : Math.round(over / under * HOUR / y * 1000) / 10.0;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
