// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The variables of a rendering: those of the context, and those that the template sets, innermost first. */
final class Names {
    private final TemplateContext context;
    private final Deque<Map<String, Value>> scopes = new ArrayDeque<>();

    Names(TemplateContext context) {
        this.context = context;
        scopes.push(new HashMap<>());
    }

    Optional<Value> find(String name) {
        for (Map<String, Value> scope : scopes) {
            Value value = scope.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return context.find(name).map(Value::of);
    }

    void set(String name, Value value) {
        scopes.element().put(name, value);
    }

    void enter() {
        scopes.push(new HashMap<>());
    }

    void leave() {
        scopes.pop();
    }

    /** The scopes as they are now: what is set in them later is seen too. */
    List<Map<String, Value>> scopes() {
        return List.copyOf(scopes);
    }

    /** Does something in other scopes. */
    <T> T within(List<Map<String, Value>> others, Supplier<T> work) {
        List<Map<String, Value>> own = scopes();
        scopes.clear();
        scopes.addAll(others);
        enter();
        T result = work.get();
        scopes.clear();
        scopes.addAll(own);
        return result;
    }
}
