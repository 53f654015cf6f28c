// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.filter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.source.Filter;
import java.util.List;

/** Leaves an event as it is. */
@Filter.Name(value = "eda.builtin.noop", formerly = "ansible.eda.noop")
public record Noop() implements BuiltinFilter {
    @Override
    public List<ObjectNode> apply(ObjectNode event) {
        return List.of(event);
    }
}
