// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Dict;
import io.reflexarc.engine.template.Value.Thing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions that every template of Jinja2 has. */
final class Globals {
    private static final int MAX_RANGE = 100_000;

    private final Meter meter;

    Globals(Meter meter) {
        this.meter = meter;
    }

    /** The function of that name. */
    Optional<Value> find(String name) {
        return switch (name) {
            case "range" -> Optional.of(Thing.function("type", this::range));
            case "dict" -> Optional.of(Thing.function("type", arguments -> new Dict(entries(arguments))));
            case "namespace" ->
                Optional.of(Thing.function(
                        "type",
                        arguments -> new Thing(TemplateFunctions.NAMESPACE, entries(arguments), Optional.empty())));
            case "cycler" -> Optional.of(Thing.function("type", Globals::cycler));
            case "joiner" -> Optional.of(Thing.function("type", Globals::joiner));
            default -> Optional.empty();
        };
    }

    private static Map<Value, Value> entries(Arguments arguments) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        arguments.get(0, "").ifPresent(base -> {
            if (Operations.isDict(base)) {
                entries.putAll(Operations.dict(base).entries());
            } else {
                base.iterate().forEach(pair -> put(entries, pair.iterate()));
            }
        });
        arguments.named().forEach((key, value) -> entries.put(Value.of(key), value));
        return entries;
    }

    private static void put(Map<Value, Value> entries, List<Value> pair) {
        if (pair.size() != 2) {
            throw new TemplateFailure(
                    "dictionary update sequence element has length " + pair.size() + "; 2 is required");
        }
        entries.put(pair.getFirst(), pair.getLast());
    }

    private static Value cycler(Arguments arguments) {
        List<Value> values = arguments.positional();
        if (values.isEmpty()) {
            throw new TemplateFailure("at least one item has to be provided");
        }
        Map<Value, Value> fields = new LinkedHashMap<>();
        int[] at = {0};
        Value current = Value.of("current");
        fields.put(current, values.getFirst());
        fields.put(Value.of("next"), Thing.function("method", unused -> {
            Value value = values.get(at[0]);
            at[0] = (at[0] + 1) % values.size();
            fields.put(current, values.get(at[0]));
            return value;
        }));
        fields.put(Value.of("reset"), Thing.function("method", unused -> {
            at[0] = 0;
            fields.put(current, values.getFirst());
            return Value.NONE;
        }));
        return new Thing("Cycler", fields, Optional.empty());
    }

    private static Value joiner(Arguments arguments) {
        String separator = arguments.text(0, "sep", ", ");
        boolean[] used = {false};
        return Thing.function("Joiner", unused -> {
            Value text = Value.of(used[0] ? separator : "");
            used[0] = true;
            return text;
        });
    }

    private Value range(Arguments arguments) {
        boolean one = arguments.positional().size() == 1;
        long from = one ? 0 : arguments.number(0, "start");
        long to = arguments.number(one ? 0 : 1, "stop");
        long step = arguments.number(2, "step", 1);
        if (step == 0) {
            throw new TemplateFailure("range() arg 3 must not be zero");
        }
        long count = Math.max(0, step > 0 ? Math.ceilDiv(to - from, step) : Math.ceilDiv(from - to, -step));
        if (count > MAX_RANGE) {
            throw new TemplateFailure("Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).");
        }
        meter.steps((int) count);
        List<Value> items = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            items.add(Value.of(from + i * step));
        }
        return Value.view(items);
    }
}
