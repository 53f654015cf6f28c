// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.ActionSpec;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Trigger;
import io.reflexarc.rulebooks.error.Hint;
import io.reflexarc.rulebooks.error.Nearest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names in the templates of actions. Only what a template begins with, and the filters behind it, are looked at: enough for
 * {@code event} where there are {@code events}, and never wrong about a loop's own names.
 */
final class ActionTemplates {
    private static final Pattern EXPRESSION = Pattern.compile("\\{\\{-?\\s*(.*?)\\s*-?}}", Pattern.DOTALL);
    private static final Pattern HEAD = Pattern.compile("([A-Za-z_]\\w*)(\\.([A-Za-z_]\\w*))?(?![\\w(])");
    private static final Pattern FILTER = Pattern.compile("\\|\\s*([A-Za-z_]\\w*(?:\\.\\w+)*)");
    private static final Pattern STRING = Pattern.compile("'([^'\\\\]|\\\\.)*'|\"([^\"\\\\]|\\\\.)*\"", Pattern.DOTALL);
    private static final Set<String> WORDS = Set.of(
            "not",
            "true",
            "false",
            "none",
            "True",
            "False",
            "None",
            "range",
            "dict",
            "lipsum",
            "cycler",
            "joiner",
            "namespace",
            "event",
            "events");

    private final Optional<JsonText> variables;
    private final Set<String> filters;
    private final Report report;

    ActionTemplates(Optional<JsonText> variables, Set<String> filters, Report report) {
        this.variables = variables;
        this.filters = filters;
        this.report = report;
    }

    void check(Ruleset ruleset) {
        ruleset.rules().stream()
                .filter(rule -> rule.enabled() && !rule.trigger().patterns().isEmpty())
                .forEach(rule -> rule.actions()
                        .forEach(action -> check(action.arguments().tree(), action, rule)));
    }

    private void check(JsonNode node, ActionSpec action, Rule rule) {
        if (node.isTextual()) {
            // A statement may give names of its own
            if (!node.asText().contains("{%")) {
                EXPRESSION.matcher(node.asText()).results().forEach(found -> check(found.group(1), action, rule));
            }
        } else {
            node.elements().forEachRemaining(child -> check(child, action, rule));
        }
    }

    private void check(String expression, ActionSpec action, Rule rule) {
        String bare = STRING.matcher(expression).replaceAll("''");
        Matcher head = HEAD.matcher(bare);
        if (head.lookingAt()) {
            name(head.group(1), Optional.ofNullable(head.group(3)), action, rule);
        }
        FILTER.matcher(bare).results().forEach(found -> {
            String filter = found.group(1);
            if (filter.contains(".") && filters.contains(filter)) {
                report.note(
                        Portability.CODE,
                        action.place(),
                        "the filter " + filter + " is an extension: ansible-rulebook refuses it");
            } else if (!filters.isEmpty() && !filters.contains(filter)) {
                Hint hint = Nearest.hint(filter, filters);
                report.warning(
                        "unknown-template-filter",
                        action.place(),
                        "there is no filter \"" + filter + "\" for templates in a rulebook, so " + action.name()
                                + " fails" + hint,
                        hint);
            }
        });
    }

    private void name(String name, Optional<String> next, ActionSpec action, Rule rule) {
        boolean single = rule.trigger() instanceof Trigger.Single one
                && one.pattern().binding().equals("m");
        if (WORDS.contains(name)) {
            // A throttle gives one event or several, as it comes
            if (name.equals(single ? "events" : "event") && rule.throttle().isEmpty() && !given(name)) {
                report.warning("undefined-in-template", action.place(), instead(single, action, rule));
            }
            if (name.equals("events") && !single) {
                next.ifPresent(binding -> binding(binding, action, rule));
            }
        } else if (Set.of("fact", "facts").contains(name) && !given(name)) {
            report.warning(
                    "undefined-in-template",
                    action.place(),
                    "\"" + name + "\" does not exist in actions, also for facts: write \""
                            + (single ? "event" : "events") + "\"");
        } else if (variables.isPresent() && !given(name)) {
            Set<String> known = new TreeSet<>();
            variables.get().tree().fieldNames().forEachRemaining(known::add);
            Hint hint = Nearest.hint(name, known);
            report.warning(
                    "undefined-in-template",
                    action.place(),
                    "there is no variable \"" + name + "\", so " + action.name() + " fails" + hint,
                    hint);
        }
    }

    private static String instead(boolean single, ActionSpec action, Rule rule) {
        if (single) {
            return "\"events\" does not exist in a rule with one condition, so " + action.name()
                    + " fails: write \"event\"";
        }
        String bindings = rule.trigger().patterns().stream()
                .map(pattern -> "events." + pattern.binding())
                .collect(Collectors.joining(", "));
        return "\"event\" does not exist in this rule, so " + action.name() + " fails: write " + bindings;
    }

    private void binding(String binding, ActionSpec action, Rule rule) {
        Set<String> known = rule.trigger().patterns().stream()
                .map(Trigger.Pattern::binding)
                .collect(Collectors.toCollection(TreeSet::new));
        boolean method = Set.of("items", "keys", "values", "get").contains(binding);
        boolean renamed = action.arguments().tree().has("var_root");
        if (!known.contains(binding) && !method && !renamed && rule.throttle().isEmpty()) {
            Hint hint = Nearest.hint(binding, known);
            report.warning(
                    "undefined-in-template",
                    action.place(),
                    "no condition of this rule is called \"" + binding + "\" (there are " + String.join(", ", known)
                            + ")" + hint,
                    hint);
        }
    }

    private boolean given(String name) {
        return variables.map(known -> known.tree().has(name)).orElse(false);
    }
}
