// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says once for each ruleset that too many events wait for others in it. */
final class Crowd {
    private final Set<String> told = new HashSet<>();

    /** What people should know now; empty when they know it, or all is well. */
    Optional<String> news(Map<String, Long> dropped) {
        if (!told.addAll(dropped.keySet())) {
            return Optional.empty();
        }
        return Optional.of("too many events wait for others in ruleset " + String.join(", ", told)
                + ": the oldest are dropped; shorten default_events_ttl, or give the conditions less to wait for");
    }
}
