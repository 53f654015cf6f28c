// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Kind;
import io.reflexarc.engine.template.Value.Seq;
import io.reflexarc.engine.template.Value.Str;
import io.reflexarc.engine.template.Value.Undefined;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Filters on lists and mappings. */
final class ListFilters {
    private ListFilters() {}

    static Value apply(Evaluation evaluation, String name, Value value, Arguments arguments) {
        List<Value> items = value.iterate();
        evaluation.meter().steps(items.size());
        return switch (name) {
            case "length", "count" -> length(value, items);
            case "first" -> items.isEmpty() ? new Undefined("No first item, sequence was empty.") : items.getFirst();
            case "last" -> items.isEmpty() ? new Undefined("No last item, sequence was empty.") : items.getLast();
            case "random" ->
                items.isEmpty()
                        ? new Undefined("No random item, sequence was empty.")
                        : items.get(evaluation.meter().random(items.size()));
            case "list" -> Value.list(items);
            case "join" -> join(evaluation, items, arguments);
            case "reverse" -> reverse(value, items);
            case "sum" -> sum(evaluation, items, arguments);
            case "sort" -> sort(evaluation, items, arguments);
            case "unique" -> Value.generator(unique(evaluation, items, arguments));
            case "min" -> extreme(evaluation, items, arguments, -1);
            case "max" -> extreme(evaluation, items, arguments, 1);
            case "batch" -> batch(items, arguments);
            case "slice" -> slice(items, arguments);
            case "dictsort" -> dictsort(evaluation, value, arguments);
            case "items" -> Value.generator(((Seq) Methods.items(requireDict(value))).items());
            default -> groupBy(evaluation, items, arguments);
        };
    }

    private static Value requireDict(Value value) {
        if (!Operations.isDict(value)) {
            throw new TemplateFailure("Can only get item pairs from a mapping.");
        }
        return value;
    }

    private static Value length(Value value, List<Value> items) {
        if (value instanceof Seq seq && seq.kind() == Kind.GENERATOR) {
            throw new TemplateFailure("object of type 'generator' has no len()");
        }
        return Value.of(items.size());
    }

    private static Value join(Evaluation evaluation, List<Value> items, Arguments arguments) {
        Optional<Value> attribute = arguments.get(1, "attribute");
        String text = items.stream()
                .map(item -> attribute
                        .map(path -> PickFilters.attribute(evaluation, item, path))
                        .orElse(item))
                .map(Texts::str)
                .collect(Collectors.joining(arguments.text(0, "d", "")));
        evaluation.meter().characters(text.length());
        return Value.of(text);
    }

    private static Value reverse(Value value, List<Value> items) {
        if (value instanceof Str str) {
            return Value.of(Splits.reverse(str.text()));
        }
        List<Value> reversed = new ArrayList<>(items);
        Collections.reverse(reversed);
        return Value.generator(reversed);
    }

    private static Value sum(Evaluation evaluation, List<Value> items, Arguments arguments) {
        Optional<Value> attribute = arguments.get(0, "attribute").filter(path -> !(path instanceof Value.None));
        Value total = arguments.get(1, "start").orElse(Value.of(0));
        for (Value item : items) {
            Value summand = attribute
                    .map(path -> PickFilters.attribute(evaluation, item, path))
                    .orElse(item);
            total = evaluation.operations().calculate("+", total, summand);
        }
        return total;
    }

    /** What is compared: the attribute, in lower case unless case matters. */
    private static Value sortKey(Evaluation evaluation, Value item, Optional<Value> attribute, boolean caseSensitive) {
        Value key = attribute
                .map(path -> PickFilters.attribute(evaluation, item, path))
                .orElse(item);
        return !caseSensitive && key instanceof Str str ? Value.of(str.text().toLowerCase(Locale.ROOT)) : key;
    }

    /** Several attributes stand with commas between them. */
    private static Value sortKeys(Evaluation evaluation, Value item, Optional<Value> attribute, boolean caseSensitive) {
        Optional<String> several = attribute.map(Texts::str).filter(path -> path.contains(","));
        if (several.isEmpty()) {
            return sortKey(evaluation, item, attribute, caseSensitive);
        }
        return Value.list(Arrays.stream(several.get().split(",", -1))
                .map(path -> sortKey(evaluation, item, Optional.of(Value.of(path)), caseSensitive))
                .toList());
    }

    private static Value sort(Evaluation evaluation, List<Value> items, Arguments arguments) {
        boolean caseSensitive = arguments.flag(1, "case_sensitive", false);
        Optional<Value> attribute = arguments.get(2, "attribute");
        Comparator<Value> order = Comparator.comparing(
                item -> sortKeys(evaluation, item, attribute, caseSensitive),
                (a, b) -> evaluation.operations().order("<", a, b));
        List<Value> sorted = new ArrayList<>(items);
        sorted.sort(arguments.flag(0, "reverse", false) ? order.reversed() : order);
        return Value.list(sorted);
    }

    private static List<Value> unique(Evaluation evaluation, List<Value> items, Arguments arguments) {
        boolean caseSensitive = arguments.flag(0, "case_sensitive", false);
        Optional<Value> attribute = arguments.get(1, "attribute");
        List<Value> keys = new ArrayList<>();
        List<Value> kept = new ArrayList<>();
        for (Value item : items) {
            Value key = sortKey(evaluation, item, attribute, caseSensitive);
            if (keys.stream().noneMatch(seen -> evaluation.operations().same(seen, key))) {
                keys.add(key);
                kept.add(item);
            }
        }
        return kept;
    }

    private static Value extreme(Evaluation evaluation, List<Value> items, Arguments arguments, int wanted) {
        boolean caseSensitive = arguments.flag(0, "case_sensitive", false);
        Optional<Value> attribute = arguments.get(1, "attribute");
        if (items.isEmpty()) {
            return new Undefined("No aggregated item, sequence was empty.");
        }
        Value best = items.getFirst();
        for (Value item : items) {
            Value key = sortKey(evaluation, item, attribute, caseSensitive);
            Value bestKey = sortKey(evaluation, best, attribute, caseSensitive);
            best = evaluation.operations().order(wanted < 0 ? "<" : ">", key, bestKey) * wanted > 0 ? item : best;
        }
        return best;
    }

    private static Value batch(List<Value> items, Arguments arguments) {
        int size = Math.max(1, arguments.number(0, "linecount"));
        List<Value> batches = new ArrayList<>();
        for (int from = 0; from < items.size(); from += size) {
            List<Value> batch = new ArrayList<>(items.subList(from, Math.min(items.size(), from + size)));
            Optional<Value> fill = arguments.get(1, "fill_with");
            while (fill.isPresent() && batch.size() < Formats.width(size)) {
                batch.add(fill.get());
            }
            batches.add(Value.list(batch));
        }
        return Value.generator(batches);
    }

    private static Value slice(List<Value> items, Arguments arguments) {
        int slices = Formats.width(Math.max(1, arguments.number(0, "slices")));
        int size = items.size() / slices;
        int larger = items.size() % slices;
        List<Value> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < slices; i++) {
            int to = from + size + (i < larger ? 1 : 0);
            List<Value> part = new ArrayList<>(items.subList(from, to));
            if (i >= larger) {
                arguments.get(1, "fill_with").ifPresent(part::add);
            }
            parts.add(Value.list(part));
            from = to;
        }
        return Value.generator(parts);
    }

    private static Value dictsort(Evaluation evaluation, Value value, Arguments arguments) {
        boolean caseSensitive = arguments.flag(0, "case_sensitive", false);
        int position = arguments.text(1, "by", "key").equals("value") ? 1 : 0;
        Comparator<Value> order = Comparator.comparing(
                pair -> sortKey(evaluation, ((Seq) pair).items().get(position), Optional.empty(), caseSensitive),
                (a, b) -> evaluation.operations().order("<", a, b));
        List<Value> pairs = new ArrayList<>(((Seq) Methods.items(requireDict(value))).items());
        pairs.sort(arguments.flag(2, "reverse", false) ? order.reversed() : order);
        return Value.list(pairs);
    }

    private static Value groupBy(Evaluation evaluation, List<Value> items, Arguments arguments) {
        Value attribute = arguments.require(0, "attribute");
        Optional<Value> fallback = arguments.get(1, "default");
        boolean caseSensitive = arguments.flag(2, "case_sensitive", false);
        List<Value> keys = new ArrayList<>();
        List<List<Value>> groups = new ArrayList<>();
        List<Value> pairs = new ArrayList<>();
        for (Value item : items) {
            Value key = PickFilters.attribute(evaluation, item, attribute, fallback);
            pairs.add(Value.tuple(key, item));
        }
        pairs.sort(Comparator.comparing(
                pair -> sortKey(evaluation, ((Seq) pair).items().getFirst(), Optional.empty(), caseSensitive),
                (a, b) -> evaluation.operations().order("<", a, b)));
        for (Value pair : pairs) {
            Value key = ((Seq) pair).items().getFirst();
            boolean fresh = keys.isEmpty()
                    || !evaluation
                            .operations()
                            .same(
                                    sortKey(evaluation, keys.getLast(), Optional.empty(), caseSensitive),
                                    sortKey(evaluation, key, Optional.empty(), caseSensitive));
            if (fresh) {
                keys.add(key);
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(((Seq) pair).items().get(1));
        }
        List<Value> result = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            result.add(new Seq(List.of(keys.get(i), Value.list(groups.get(i))), Kind.GROUP));
        }
        return Value.list(result);
    }
}
