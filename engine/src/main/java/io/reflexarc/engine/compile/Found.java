// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import java.util.List;

/**
 * A tuple that Drools found.
 *
 * @param terminal what it fulfils
 * @param items in the order of the conditions; empty for a rule that asks that nothing has a field
 */
public record Found(Terminal terminal, List<Item> items) {
    public Found {
        items = List.copyOf(items);
    }
}
