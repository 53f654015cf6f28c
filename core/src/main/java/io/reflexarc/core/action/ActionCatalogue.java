// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All actions that this process knows, by name. */
public final class ActionCatalogue {
    private final Map<String, Class<? extends Action>> actions = new TreeMap<>();

    /** Knows the actions of these plugins; two with one name are a bug. */
    public ActionCatalogue(Iterable<Plugin> plugins) {
        for (Plugin plugin : plugins) {
            plugin.actions().stream().flatMap(ActionCatalogue::records).forEach(this::add);
        }
    }

    /** Knows the actions of every plugin on the class path. */
    public static ActionCatalogue installed() {
        return new ActionCatalogue(ServiceLoader.load(Plugin.class));
    }

    private static Stream<Class<? extends Action>> records(Class<? extends Action> type) {
        if (!type.isSealed()) {
            return Stream.of(type);
        }
        return Arrays.stream(type.getPermittedSubclasses())
                .map(permitted -> permitted.<Action>asSubclass(Action.class));
    }

    private void add(Class<? extends Action> type) {
        Action.Name name = type.getAnnotation(Action.Name.class);
        if (name == null) {
            throw new IllegalStateException(type.getName() + " has no @Action.Name");
        }
        Class<? extends Action> other = actions.putIfAbsent(name.value(), type);
        if (other != null) {
            throw new IllegalStateException("two actions are called " + name.value() + ": " + type + " and " + other);
        }
    }

    /** Names of all actions, in no order. */
    public Set<String> names() {
        return Set.copyOf(actions.keySet());
    }

    /** The record of an action. */
    public Optional<Class<? extends Action>> find(String name) {
        return Optional.ofNullable(actions.get(name));
    }

    /** Makes the action of its arguments; {@code INVALID} names an unknown action, an unknown or a wrong argument. */
    public Action decode(String name, JsonText arguments) {
        Class<? extends Action> type = find(name)
                .orElseThrow(() -> new ProblemException(ProblemType.INVALID, "there is no action \"" + name + "\""));
        try {
            return Json.mapper().readValue(arguments.bytes(), type);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof ProblemException refused) {
                throw new ProblemException(ProblemType.INVALID, name + ": " + refused.detail(), e);
            }
            throw new ProblemException(ProblemType.INVALID, name + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.INVALID, name + ": " + e.getMessage(), e);
        }
    }
}
