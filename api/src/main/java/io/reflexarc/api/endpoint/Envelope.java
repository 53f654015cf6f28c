// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.endpoint;

import java.util.List;
import java.util.Optional;

/**
 * A page as the API shows it.
 *
 * @param count rows in the whole list
 * @param next path and query of the next page
 * @param previous path and query of the page before
 * @param page from 1
 * @param pageSize rows asked for
 * @param after cursor of what follows, for a list that takes one; absent at the end
 * @param results the rows
 */
public record Envelope<T>(
        long count,
        Optional<String> next,
        Optional<String> previous,
        int page,
        int pageSize,
        Optional<String> after,
        List<T> results) {
    public Envelope {
        results = List.copyOf(results);
    }
}
