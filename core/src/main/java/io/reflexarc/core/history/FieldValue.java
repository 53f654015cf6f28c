// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.history;

import java.util.List;

/**
 * A text at a place in an event.
 *
 * @param path keys from the outermost object inwards
 * @param value the whole text
 */
public record FieldValue(List<String> path, String value) {
    public FieldValue {
        path = List.copyOf(path);
    }
}
