// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.Placement;
import io.reflexarc.core.id.ActivationId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * How many activations this process should run beside the others. Every process judges alike, by what it last saw: who has
 * least takes what is free, who has most gives up until nobody has two more than another. Leases see to it that a mistake
 * costs nothing but a moment.
 */
final class Balance {
    private final String process;
    private final Map<String, Integer> counts = new HashMap<>();

    /** By what was seen now. */
    Balance(String process, Placement seen) {
        this.process = process;
        seen.processes().forEach(one -> counts.put(one, 0));
        counts.putIfAbsent(process, 0);
        for (Map.Entry<ActivationId, String> owner : seen.owners().entrySet()) {
            counts.computeIfPresent(owner.getValue(), (one, count) -> count + 1);
        }
    }

    /** Whether nobody has less. */
    boolean takes() {
        return own() <= least();
    }

    /** It takes one more. */
    void took() {
        counts.merge(process, 1, Integer::sum);
    }

    /** How many it gives up: half of what it has more than who has least, when nobody has more than it. */
    int surplus() {
        int more = own() - least();
        return more >= 2 && process.equals(first()) ? more / 2 : 0;
    }

    private int own() {
        return counts.getOrDefault(process, 0);
    }

    private int least() {
        return counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    }

    /** Who has most, of several the first by name: one at a time gives up. */
    private String first() {
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse(process);
    }
}
