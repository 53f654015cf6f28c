// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.Draft;
import io.reflexarc.rulebooks.RulebookError;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.error.ErrorKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads rulebooks for whoever writes them. */
public final class Linter {
    private static final Set<ErrorKind> NEEDS_VARIABLES =
            Set.of(ErrorKind.UNKNOWN_VARIABLE, ErrorKind.UNDEFINED_VARIABLE, ErrorKind.UNSUPPORTED_VARIABLE_TYPE);

    private final RulebookParser parser;
    private final Vocabulary vocabulary;

    /** A linter that reads with this parser and knows these names. */
    public Linter(RulebookParser parser, Vocabulary vocabulary) {
        this.parser = parser;
        this.vocabulary = vocabulary;
    }

    /**
     * All findings, in the order of the text. It is a valid rulebook when none is an error.
     *
     * @param variables a JSON object; empty when nobody knows yet which variables there will be
     */
    public List<Finding> lint(String yaml, Optional<JsonText> variables) {
        Report report = new Report(yaml);
        Draft draft = parser.draft(yaml, variables.orElse(JsonText.EMPTY_OBJECT));
        draft.errors().forEach(error -> report(error, draft, variables.isPresent(), report));
        Set<String> rulesets = new TreeSet<>();
        draft.rulesets().forEach(ruleset -> rulesets.add(ruleset.name()));
        Names names = new Names(vocabulary, rulesets, report);
        ActionTemplates templates = new ActionTemplates(variables, vocabulary.templateFilters(), report);
        boolean facts = FactSources.in(draft.rulesets());
        for (Ruleset ruleset : draft.rulesets()) {
            names.check(ruleset);
            new Portability(report).check(ruleset);
            templates.check(ruleset);
            Ruleset sound = draft.sound(ruleset);
            new Throttles(report).check(sound);
            new Satisfiability(facts, report).check(sound);
            new DeadRules(facts, report).check(sound);
        }
        return report.findings();
    }

    /** Without variables nobody can tell a mistake in a line that needs one from the variable's absence. */
    private static void report(RulebookError error, Draft draft, boolean known, Report report) {
        String code = error.kind().slug().replace('_', '-');
        if (!known && NEEDS_VARIABLES.contains(error.kind())) {
            report.note(code, error.place(), error.message() + " (give the variables to have this checked)");
        } else if (known || draft.errors().stream().noneMatch(other -> needsVariables(other, error))) {
            report.error(code, error.place(), error.message(), error.hint());
        }
    }

    private static boolean needsVariables(RulebookError other, RulebookError error) {
        return NEEDS_VARIABLES.contains(other.kind())
                && other.place().line() == error.place().line();
    }
}
