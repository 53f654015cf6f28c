// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a process lends to its actions beside their arguments: clients, policies and configuration that are made once, by
 * their type. The process that runs workers registers them; an action asks for its own by {@link ActionContext#resource}.
 * So an action stays a record of its arguments, and a plugin has no global state.
 */
public final class Resources {
    /** Nothing is lent. */
    public static final Resources NONE = new Resources(Map.of());

    private final Map<Class<?>, Supplier<?>> byType;

    private Resources(Map<Class<?>, Supplier<?>> byType) {
        this.byType = Map.copyOf(byType);
    }

    /** These and one more; it replaces another of the same type. */
    public <T> Resources with(Class<T> type, T resource) {
        return withLazy(type, () -> resource);
    }

    /** These and one more, which is made when it is first asked for. */
    public <T> Resources withLazy(Class<T> type, Supplier<T> resource) {
        Map<Class<?>, Supplier<?>> more = new HashMap<>(byType);
        more.put(type, new Once<>(resource));
        return new Resources(more);
    }

    /** The resource of this type; a missing one is a fault of the wiring. */
    public <T> T get(Class<T> type) {
        Supplier<?> resource = byType.get(type);
        if (resource == null) {
            throw new IllegalStateException("this process lends no " + type.getName() + " to its actions");
        }
        return type.cast(resource.get());
    }

    /** Asks once. */
    private static final class Once<T> implements Supplier<T> {
        private final Supplier<T> maker;
        private Optional<T> made = Optional.empty();

        Once(Supplier<T> maker) {
            this.maker = maker;
        }

        @Override
        public synchronized T get() {
            T resource = made.orElseGet(maker);
            made = Optional.of(resource);
            return resource;
        }
    }
}
