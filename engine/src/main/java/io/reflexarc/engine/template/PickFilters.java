// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Filters that apply a filter or a test to every item. */
final class PickFilters {
    private PickFilters() {}

    static Value apply(Evaluation evaluation, String name, Value value, Arguments arguments) {
        List<Value> items = value.iterate();
        evaluation.meter().steps(items.size());
        return switch (name) {
            case "map" -> Value.generator(map(evaluation, items, arguments));
            case "select" -> Value.generator(pick(evaluation, items, arguments, Optional.empty(), true));
            case "reject" -> Value.generator(pick(evaluation, items, arguments, Optional.empty(), false));
            case "selectattr" -> Value.generator(pickByAttribute(evaluation, items, arguments, true));
            default -> Value.generator(pickByAttribute(evaluation, items, arguments, false));
        };
    }

    private static List<Value> map(Evaluation evaluation, List<Value> items, Arguments arguments) {
        List<Value> mapped = new ArrayList<>();
        Optional<Value> attribute = Optional.ofNullable(arguments.named().get("attribute"));
        for (Value item : items) {
            if (attribute.isPresent() && arguments.positional().isEmpty()) {
                Optional<Value> fallback = Optional.ofNullable(arguments.named().get("default"));
                mapped.add(attribute(evaluation, item, attribute.get(), fallback));
            } else {
                String filter = Texts.str(
                        arguments.get(0, "").orElseThrow(() -> new TemplateFailure("map requires a filter argument")));
                Arguments rest = new Arguments(filter, arguments.from(1).positional(), arguments.named());
                mapped.add(Filters.apply(evaluation, filter, item, rest));
            }
        }
        return mapped;
    }

    private static List<Value> pickByAttribute(
            Evaluation evaluation, List<Value> items, Arguments arguments, boolean wanted) {
        Value attribute =
                arguments.get(0, "").orElseThrow(() -> new TemplateFailure("Missing parameter for attribute name"));
        return pick(evaluation, items, arguments.from(1), Optional.of(attribute), wanted);
    }

    private static List<Value> pick(
            Evaluation evaluation, List<Value> items, Arguments arguments, Optional<Value> attribute, boolean wanted) {
        List<Value> picked = new ArrayList<>();
        Optional<String> test = arguments.get(0, "").map(Texts::str);
        Arguments rest = new Arguments(test.orElse("select"), arguments.from(1).positional(), Map.of());
        for (Value item : items) {
            Value subject =
                    attribute.map(name -> attribute(evaluation, item, name)).orElse(item);
            boolean holds = test.map(name -> Checks.test(evaluation, name, subject, rest))
                    .orElseGet(subject::truthy);
            if (holds == wanted) {
                picked.add(item);
            }
        }
        return picked;
    }

    /** {@code a.b.0}: keys and indexes of an item, one below the other. */
    static Value attribute(Evaluation evaluation, Value item, Value path) {
        return attribute(evaluation, item, path, Optional.empty());
    }

    /** The same, with what stands for each one that is not there. */
    static Value attribute(Evaluation evaluation, Value item, Value path, Optional<Value> fallback) {
        List<Value> keys = new ArrayList<>();
        if (Operations.integer(path).isPresent()) {
            keys.add(path);
        } else {
            for (String part : Texts.str(path).split("\\.", -1)) {
                boolean index =
                        !part.isEmpty() && part.length() < 9 && part.chars().allMatch(Character::isDigit);
                keys.add(index ? Value.of(Long.parseLong(part)) : Value.of(part));
            }
        }
        Value found = item;
        for (Value key : keys) {
            Value next = evaluation.item(found, key);
            found = next instanceof Undefined ? fallback.orElse(next) : next;
        }
        return found;
    }
}
