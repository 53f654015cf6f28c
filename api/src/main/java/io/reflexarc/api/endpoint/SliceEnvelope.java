// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.endpoint;

import java.util.List;
import java.util.Optional;

/**
 * A slice of a long list as the API shows it.
 *
 * @param count rows in the whole list; more than 10,000 are not counted any further and shown as 10,001
 * @param next what to give as {@code after} for what follows; empty at the end
 * @param results the rows
 */
public record SliceEnvelope<T>(long count, Optional<String> next, List<T> results) {
    public SliceEnvelope {
        results = List.copyOf(results);
    }
}
