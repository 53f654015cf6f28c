// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.Trigger.Pattern;
import io.reflexarc.rulebooks.YamlNode.Fields;
import io.reflexarc.rulebooks.YamlNode.Items;
import io.reflexarc.rulebooks.YamlNode.Scalar;
import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.ConditionError;
import io.reflexarc.rulebooks.condition.ConditionParser;
import io.reflexarc.rulebooks.condition.Expression;
import io.reflexarc.rulebooks.condition.ParsedCondition;
import io.reflexarc.rulebooks.condition.Scope;
import io.reflexarc.rulebooks.condition.StringTemplate;
import io.reflexarc.rulebooks.error.ErrorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the condition of a rule. */
final class TriggerReader {
    private static final List<String> KINDS = List.of("all", "any", "not_all");
    private static final Trigger NONE = new Trigger.Any(List.of());

    private final Loading loading;
    private final boolean enabled;

    TriggerReader(Loading loading, boolean enabled) {
        this.loading = loading;
        this.enabled = enabled;
    }

    Trigger trigger(Mapping rule) {
        return switch (rule.get("condition")
                .filter(ValueType.CONDITION::accepts)
                .orElse(null)) {
            case Scalar scalar -> new Trigger.Single(single(scalar));
            case Fields fields -> list(new Mapping(fields));
            case Items items -> NONE;
            case null -> NONE;
        };
    }

    private Trigger list(Mapping condition) {
        List<String> kinds = KINDS.stream().filter(condition::has).toList();
        if (kinds.size() != 1) {
            loading.findings().oneOf("a condition", condition, KINDS);
            return NONE;
        }
        String kind = kinds.getFirst();
        List<Scalar> items = condition.strings(kind);
        Optional<Duration> timeout = condition.string("timeout").map(Durations::parse);
        return switch (kind) {
            case "all" -> {
                Shapes.ALL.check(condition.fields(), loading.findings());
                yield items.size() == 1
                        ? new Trigger.Single(single(items.getFirst()))
                        : new Trigger.All(joined(items, true), timeout);
            }
            case "any" -> {
                Shapes.ANY.check(condition.fields(), loading.findings());
                yield items.size() == 1
                        ? new Trigger.Single(single(items.getFirst()))
                        : new Trigger.Any(joined(items, false));
            }
            default -> {
                Shapes.NOT_ALL.check(condition.fields(), loading.findings());
                List<Pattern> patterns = joined(items, false);
                requireDistinct(patterns, items);
                yield new Trigger.NotAll(patterns, timeout.orElse(Duration.ZERO));
            }
        };
    }

    private Pattern single(Scalar scalar) {
        return pattern(scalar, "m", Scope.alone(loading.variables(), loading.template()));
    }

    /** The conditions of a list; in a join each may name what those above it matched. */
    private List<Pattern> joined(List<Scalar> items, boolean join) {
        List<String> bindings = bindings(items);
        List<Pattern> patterns = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Set<String> earlier = join ? Set.copyOf(new HashSet<>(bindings.subList(0, i))) : Set.of();
            Set<String> later = new HashSet<>(bindings);
            later.removeAll(earlier);
            Scope scope = new Scope(loading.variables(), loading.template(), earlier, later, true);
            patterns.add(pattern(items.get(i), "m_" + i, scope));
        }
        if (join) {
            requireDistinct(patterns, items);
        }
        return patterns;
    }

    private static List<String> bindings(List<Scalar> items) {
        List<String> bindings = new ArrayList<>();
        Scope unknown = Scope.alone(JsonText.EMPTY_OBJECT, StringTemplate.NONE);
        for (int i = 0; i < items.size(); i++) {
            String text = items.get(i).json().asText();
            Optional<String> named =
                    text.contains("<<") ? ConditionParser.parse(text, unknown).binding() : Optional.empty();
            bindings.add(named.orElse("m_" + i));
        }
        return bindings;
    }

    private Pattern pattern(Scalar scalar, String binding, Scope scope) {
        String text = scalar.json().asText();
        if (!scalar.isString()) {
            Condition truth =
                    new Condition.Bare(new Expression.Truth(scalar.json().asBoolean()), text);
            return new Pattern(binding, truth, text, scalar.place());
        }
        ParsedCondition parsed = ConditionParser.parse(text, scope);
        for (ConditionError error : parsed.errors()) {
            if (enabled || error.kind().concernsForm()) {
                loading.findings()
                        .add(error.kind(), scalar.text().placeOf(error.offset()), error.message(), error.hint());
            }
        }
        return new Pattern(parsed.binding().orElse(binding), parsed.condition(), text, scalar.place());
    }

    private void requireDistinct(List<Pattern> patterns, List<Scalar> items) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < patterns.size(); i++) {
            String binding = patterns.get(i).binding();
            if (enabled && !seen.add(binding)) {
                loading.findings()
                        .add(
                                ErrorKind.INVALID_ASSIGNMENT,
                                items.get(i).place(),
                                "another condition of this rule is called \"" + binding + "\" already");
            }
        }
    }
}
