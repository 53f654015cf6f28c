// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.ActionSpec;
import io.reflexarc.rulebooks.Place;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.SourceSpec;
import io.reflexarc.rulebooks.error.Hint;
import io.reflexarc.rulebooks.error.Nearest;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Names of sources, filters, rulesets and arguments that nobody knows, with the nearest right word. */
final class Names {
    private final Vocabulary vocabulary;
    private final Set<String> rulesets;
    private final Report report;

    Names(Vocabulary vocabulary, Set<String> rulesets, Report report) {
        this.vocabulary = vocabulary;
        this.rulesets = rulesets;
        this.report = report;
    }

    void check(Ruleset ruleset) {
        for (SourceSpec source : ruleset.sources()) {
            plugin("source", source.plugin(), source.arguments(), source.place(), vocabulary.sources());
            source.filters()
                    .forEach(filter -> plugin(
                            "filter", filter.plugin(), filter.arguments(), filter.place(), vocabulary.filters()));
        }
        ruleset.rules().forEach(rule -> rule.actions().forEach(this::action));
    }

    /** A name that is not ours may be that of a Python plugin; one that is nearly ours is a misspelling. */
    private void plugin(String what, String name, JsonText arguments, Place place, Map<String, Set<String>> known) {
        Set<String> takes = known.get(name);
        if (takes != null) {
            arguments(what + " " + name, arguments, place, takes);
            return;
        }
        Hint hint = Nearest.hint(name, known.keySet());
        if (hint.nearest().isPresent()) {
            report.warning("unknown-" + what, place, "there is no " + what + " \"" + name + "\" here" + hint, hint);
        } else if (name.startsWith("eda.builtin.")) {
            report.warning("unknown-" + what, place, "there is no " + what + " \"" + name + "\"");
        } else {
            report.note(
                    "plugin-" + what,
                    place,
                    "the " + what + " \"" + name + "\" is none of ours: it must be found as a Python plugin at start"
                            + full(name, known.keySet()));
        }
    }

    /** Our own plugins are named in full. */
    private static String full(String name, Set<String> known) {
        return known.stream()
                .filter(ours -> ours.endsWith("." + name))
                .min(Comparator.comparing((String ours) -> !ours.startsWith("eda.builtin."))
                        .thenComparing(ours -> ours))
                .map(ours -> "; ours is called \"" + ours + "\"")
                .orElse("");
    }

    private void arguments(String whose, JsonText arguments, Place place, Set<String> takes) {
        arguments.tree().fieldNames().forEachRemaining(argument -> {
            if (!takes.contains(argument)) {
                Hint hint = Nearest.hint(argument, takes);
                String near = hint.nearest().isPresent() ? hint.toString() : "; it takes " + sorted(takes);
                report.warning(
                        "unknown-argument",
                        place,
                        "the " + whose + " has no argument \"" + argument + "\" and ignores it" + near,
                        hint);
            }
        });
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }

    private void action(ActionSpec action) {
        Set<String> takes = vocabulary.actions().get(action.name());
        if (takes != null) {
            report.note(
                    Portability.CODE,
                    action.place(),
                    "the action " + action.name() + " is an extension: ansible-rulebook does not know it");
            action.arguments().tree().fieldNames().forEachRemaining(argument -> {
                if (!takes.contains(argument)) {
                    Hint hint = Nearest.hint(argument, takes);
                    report.error(
                            "unknown-argument",
                            action.place(),
                            action.name() + " has no argument \"" + argument + "\"" + hint,
                            Optional.of(hint));
                }
            });
        }
        JsonNode target = action.arguments().tree().path("ruleset");
        if (target.isTextual() && !target.asText().contains("{{") && !rulesets.contains(target.asText())) {
            Hint hint = Nearest.hint(target.asText(), rulesets);
            report.warning(
                    "unknown-ruleset",
                    action.place(),
                    "there is no ruleset \"" + target.asText() + "\" in this rulebook, so " + action.name() + " fails"
                            + hint,
                    hint);
        }
    }
}
