// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.rulebooks.YamlNode.Fields;
import io.reflexarc.rulebooks.YamlNode.Scalar;
import io.reflexarc.rulebooks.error.ErrorKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a ruleset. */
final class RulesetReader {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

    private final Loading loading;
    private final Set<String> names;

    /** A reader that adds the names it sees to those that are taken. */
    RulesetReader(Loading loading, Set<String> names) {
        this.loading = loading;
        this.names = names;
    }

    Ruleset ruleset(Mapping ruleset) {
        Shapes.RULESET.check(ruleset.fields(), loading.findings());
        return new Ruleset(
                name(ruleset),
                ruleset.string("hosts").map(List::of).orElse(List.of()),
                sources(ruleset),
                rules(ruleset),
                ruleset.flag("gather_facts", false),
                ruleset.string("default_events_ttl").map(Durations::parse),
                strategy(ruleset),
                ruleset.flag("match_multiple_rules", false),
                bounds(ruleset),
                ruleset.place());
    }

    private String name(Mapping ruleset) {
        Optional<Scalar> scalar = ruleset.scalar("name").filter(Scalar::isString);
        String name = scalar.map(written -> written.json().textValue().strip()).orElse("");
        if (scalar.isPresent() && name.isEmpty()) {
            loading.findings().add(ErrorKind.EMPTY_RULESET_NAME, scalar.get().place(), "a ruleset needs a name");
        } else if (scalar.isPresent() && !names.add(name)) {
            loading.findings()
                    .add(
                            ErrorKind.DUPLICATE_RULESET_NAME,
                            scalar.get().place(),
                            "another ruleset is called \"" + name + "\" already");
        }
        return name;
    }

    private Bounds bounds(Mapping ruleset) {
        return new Bounds(
                bound(ruleset, "most_waiting_events", Bounds.DEFAULT.waitingEvents()),
                bound(ruleset, "most_combinations", Bounds.DEFAULT.combinations()));
    }

    /** A number, or a template that makes one: so an activation can say it. */
    private int bound(Mapping ruleset, String key, int fallback) {
        return ruleset.scalar(key)
                .filter(ValueType.BOUND::accepts)
                .map(scalar -> scalar.isString()
                        ? rendered(scalar, fallback)
                        : scalar.json().intValue())
                .orElse(fallback);
    }

    private int rendered(Scalar scalar, int fallback) {
        String text = text(scalar);
        if (WHOLE.matcher(text).matches() && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= Bounds.MOST) {
            return Integer.parseInt(text);
        }
        loading.findings().schema(scalar.place(), "must be " + ValueType.BOUND.noun() + ", not \"" + text + "\"");
        return fallback;
    }

    private String text(Scalar scalar) {
        String written = scalar.json().textValue();
        try {
            return loading.template().render(written, loading.variables()).strip();
        } catch (ProblemException e) {
            return written;
        }
    }

    private static Optional<ExecutionStrategy> strategy(Mapping ruleset) {
        return ruleset.string("execution_strategy")
                .filter(word -> ValueType.STRATEGY.accepts(
                        ruleset.get("execution_strategy").orElseThrow()))
                .map(word -> ExecutionStrategy.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    private List<SourceSpec> sources(Mapping ruleset) {
        List<SourceSpec> sources = new ArrayList<>();
        for (YamlNode item : ruleset.list("sources")) {
            if (item instanceof Fields fields) {
                new SourceReader(loading.findings()).source(new Mapping(fields)).ifPresent(sources::add);
            } else {
                loading.findings().schema(item.place(), "a source must be a mapping, not " + item.noun());
            }
        }
        return sources;
    }

    private List<Rule> rules(Mapping ruleset) {
        List<Rule> rules = new ArrayList<>();
        RuleReader reader = new RuleReader(loading, new HashSet<>());
        for (YamlNode item : ruleset.list("rules")) {
            if (item instanceof Fields fields) {
                rules.add(reader.rule(new Mapping(fields)));
            } else {
                loading.findings().schema(item.place(), "a rule must be a mapping, not " + item.noun());
            }
        }
        return rules;
    }
}
