// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a search of history found so far. A search looks at a bounded number of events and may end before it has found
 * enough: then {@code next} goes on from there.
 *
 * @param results newest first
 * @param next what to give as {@code after} to search further; empty when all of history was seen
 * @param scanned events that this part of the search looked at
 * @param searchedTo when the oldest of them was received; empty when there were none
 */
public record EventFindings(List<EventRow> results, Optional<String> next, long scanned, Optional<Instant> searchedTo) {
    public EventFindings {
        results = List.copyOf(results);
    }
}
