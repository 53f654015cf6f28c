// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Dict;
import io.reflexarc.engine.template.Value.None;
import io.reflexarc.engine.template.Value.Seq;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Those of {@link AnsibleFilters} that take lists and mappings apart and put them together. */
final class AnsibleCollections {
    static final Set<String> NAMES = Set.of(
            "combine",
            "dict2items",
            "items2dict",
            "union",
            "intersect",
            "difference",
            "symmetric_difference",
            "flatten",
            "zip");

    private AnsibleCollections() {}

    static Value apply(Evaluation evaluation, String name, Value value, Arguments arguments) {
        evaluation.meter().steps(1 + value.iterate().size());
        return switch (name) {
            case "combine" -> combine(evaluation.meter(), value, arguments);
            case "dict2items" -> items(value, arguments);
            case "items2dict" -> dict(evaluation, value, arguments);
            case "flatten" -> flat(evaluation.meter(), value, arguments);
            case "zip" -> zip(evaluation.meter(), value, arguments);
            default ->
                set(evaluation, name, value.iterate(), arguments.require(0, "b").iterate());
        };
    }

    private static Value combine(Meter meter, Value value, Arguments arguments) {
        boolean recursive = arguments.named().containsKey("recursive")
                && arguments.named().get("recursive").truthy();
        String lists = Texts.str(arguments.named().getOrDefault("list_merge", Value.of("replace")));
        List<Value> all = new ArrayList<>(List.of(value));
        for (Value other : arguments.positional()) {
            all.addAll(other instanceof Seq seq ? seq.items() : List.of(other));
        }
        Value combined = all.getFirst();
        for (Value next : all.subList(1, all.size())) {
            combined = merge(meter, combined, next, recursive, lists);
        }
        return combined;
    }

    private static Value merge(Meter meter, Value low, Value high, boolean recursive, String lists) {
        if (!Operations.isDict(low) || !Operations.isDict(high)) {
            throw new TemplateFailure("combine: failed to combine variables, expected dicts but got a '"
                    + low.typeName() + "' and a '" + high.typeName() + "'");
        }
        Map<Value, Value> merged = new LinkedHashMap<>(Operations.dict(low).entries());
        Operations.dict(high).entries().forEach((key, value) -> {
            meter.step();
            Value old = merged.get(key);
            if (recursive && old != null && Operations.isDict(old) && Operations.isDict(value)) {
                merged.put(key, merge(meter, old, value, true, lists));
            } else if (old instanceof Seq before && value instanceof Seq after) {
                merged.put(key, merged(meter, before, after, lists));
            } else {
                merged.put(key, value);
            }
        });
        return new Dict(merged);
    }

    private static Value merged(Meter meter, Seq before, Seq after, String how) {
        List<Value> items = new ArrayList<>();
        switch (how) {
            case "replace" -> items.addAll(after.items());
            case "keep" -> items.addAll(before.items());
            case "append" -> {
                items.addAll(before.items());
                items.addAll(after.items());
            }
            case "prepend" -> {
                items.addAll(after.items());
                items.addAll(before.items());
            }
            case "append_rp" -> {
                before.items().stream()
                        .filter(item -> !after.items().contains(item))
                        .forEach(items::add);
                items.addAll(after.items());
            }
            case "prepend_rp" -> {
                items.addAll(after.items());
                before.items().stream()
                        .filter(item -> !after.items().contains(item))
                        .forEach(items::add);
            }
            default ->
                throw new TemplateFailure(
                        "combine: list_merge is none of replace, keep, append, prepend, append_rp," + " prepend_rp");
        }
        meter.steps(items.size());
        return Value.list(items);
    }

    private static Value items(Value value, Arguments arguments) {
        if (!Operations.isDict(value)) {
            throw new TemplateFailure("dict2items requires a dictionary, got a '" + value.typeName() + "' instead.");
        }
        Value keyName = arguments.get(0, "key_name").orElse(Value.of("key"));
        Value valueName = arguments.get(1, "value_name").orElse(Value.of("value"));
        List<Value> items = new ArrayList<>();
        Operations.dict(value).entries().forEach((key, item) -> {
            Map<Value, Value> pair = new LinkedHashMap<>();
            pair.put(keyName, key);
            pair.put(valueName, item);
            items.add(new Dict(pair));
        });
        return Value.list(items);
    }

    private static Value dict(Evaluation evaluation, Value value, Arguments arguments) {
        Value keyName = arguments.get(0, "key_name").orElse(Value.of("key"));
        Value valueName = arguments.get(1, "value_name").orElse(Value.of("value"));
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (Value item : value.iterate()) {
            Value key = evaluation.item(item, keyName);
            Value given = evaluation.item(item, valueName);
            Operations.require(key);
            Operations.require(given);
            entries.put(key, given);
        }
        return new Dict(entries);
    }

    private static Value set(Evaluation evaluation, String name, List<Value> a, List<Value> b) {
        List<Value> result = new ArrayList<>();
        switch (name) {
            case "union" -> {
                addAll(evaluation, result, a);
                addAll(evaluation, result, b);
            }
            case "intersect" -> addAll(evaluation, result, only(evaluation, a, b, true));
            case "difference" -> addAll(evaluation, result, only(evaluation, a, b, false));
            default -> {
                addAll(evaluation, result, only(evaluation, a, b, false));
                addAll(evaluation, result, only(evaluation, b, a, false));
            }
        }
        return Value.list(result);
    }

    private static List<Value> only(Evaluation evaluation, List<Value> of, List<Value> in, boolean wanted) {
        return of.stream()
                .filter(item -> contains(evaluation, in, item) == wanted)
                .toList();
    }

    private static void addAll(Evaluation evaluation, List<Value> to, List<Value> items) {
        items.stream().filter(item -> !contains(evaluation, to, item)).forEach(to::add);
    }

    private static boolean contains(Evaluation evaluation, List<Value> items, Value wanted) {
        evaluation.meter().steps(1 + items.size());
        return items.stream().anyMatch(item -> evaluation.operations().same(item, wanted));
    }

    private static Value flat(Meter meter, Value value, Arguments arguments) {
        boolean skip = arguments.flag(1, "skip_nulls", true);
        int levels = arguments
                        .get(0, "levels")
                        .filter(given -> !(given instanceof None))
                        .isPresent()
                ? arguments.number(0, "levels")
                : Integer.MAX_VALUE;
        List<Value> items = new ArrayList<>();
        flatten(meter, value, levels, skip, items);
        return Value.list(items);
    }

    private static void flatten(Meter meter, Value value, int levels, boolean skip, List<Value> into) {
        for (Value item : value.iterate()) {
            meter.step();
            if (skip && item instanceof None) {
                continue;
            }
            if (levels > 0 && item instanceof Seq) {
                flatten(meter, item, levels - 1, skip, into);
            } else {
                into.add(item);
            }
        }
    }

    private static Value zip(Meter meter, Value value, Arguments arguments) {
        List<List<Value>> columns = new ArrayList<>(List.of(value.iterate()));
        arguments.positional().forEach(other -> columns.add(other.iterate()));
        int rows = columns.stream().mapToInt(List::size).min().orElse(0);
        List<Value> zipped = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int row = i;
            meter.steps(columns.size());
            zipped.add(
                    Value.tuple(columns.stream().map(column -> column.get(row)).toArray(Value[]::new)));
        }
        return Value.list(zipped);
    }
}
