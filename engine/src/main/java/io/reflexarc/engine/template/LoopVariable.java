// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Thing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code loop} is in the body of a loop. */
final class LoopVariable {
    private final List<Value> items;
    private final int depth;
    private final Operations operations;
    private List<Value> last = List.of();
    private boolean asked;

    LoopVariable(List<Value> items, int depth, Operations operations) {
        this.items = items;
        this.depth = depth;
        this.operations = operations;
    }

    /** At one item; where the loop is recursive, it can be called. */
    Value at(int index, Optional<Value.Callable> again) {
        int size = items.size();
        Map<Value, Value> loop = new HashMap<>();
        put(loop, "index", Value.of(index + 1));
        put(loop, "index0", Value.of(index));
        put(loop, "revindex", Value.of(size - index));
        put(loop, "revindex0", Value.of(size - index - 1));
        put(loop, "first", Value.of(index == 0));
        put(loop, "last", Value.of(index == size - 1));
        put(loop, "length", Value.of(size));
        put(loop, "depth", Value.of(depth));
        put(loop, "depth0", Value.of(depth - 1));
        put(loop, "cycle", Thing.function("method", arguments -> cycle(index, arguments.positional())));
        put(loop, "changed", Thing.function("method", arguments -> Value.of(changed(arguments.positional()))));
        if (index > 0) {
            put(loop, "previtem", items.get(index - 1));
        }
        if (index < size - 1) {
            put(loop, "nextitem", items.get(index + 1));
        }
        return new Thing("LoopContext", loop, again);
    }

    private static void put(Map<Value, Value> loop, String name, Value value) {
        loop.put(Value.of(name), value);
    }

    private static Value cycle(int index, List<Value> values) {
        if (values.isEmpty()) {
            throw new TemplateFailure("no items for cycling given");
        }
        return values.get(index % values.size());
    }

    private boolean changed(List<Value> values) {
        boolean same = asked && last.size() == values.size();
        for (int i = 0; same && i < values.size(); i++) {
            same = operations.same(last.get(i), values.get(i));
        }
        asked = true;
        last = new ArrayList<>(values);
        return !same;
    }
}
