// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.history;

import io.reflexarc.core.id.Position;
import java.util.List;

/**
 * What is known of the fields of a stream.
 *
 * @param upTo the newest event that was looked at
 * @param sampled events that were looked at; counts are halved together now and then, so that shares follow the present
 * @param fields by path
 */
public record StreamFields(Position upTo, long sampled, List<FieldStatistic> fields) {
    /** Nothing yet. */
    public static final StreamFields NONE = new StreamFields(Position.START, 0, List.of());

    public StreamFields {
        fields = List.copyOf(fields);
    }
}
