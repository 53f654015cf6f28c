// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and checks rulebooks. What {@code ansible-rulebook} loads is loaded, but for what can only be a mistake; every
 * mistake is reported with its line and column.
 */
public final class RulebookParser {
    private final Set<String> extraActions;
    private final StringTemplate template;

    /**
     * A parser that knows the language's own actions and these.
     *
     * @param extraActions names of further actions; their arguments are not checked here
     * @param template renders templates in rule names and in the strings of conditions
     */
    public RulebookParser(Set<String> extraActions, StringTemplate template) {
        this.extraActions = Set.copyOf(extraActions);
        this.template = template;
    }

    /** Names of the language's own actions. */
    public static Set<String> actions() {
        Set<String> names = new HashSet<>(Shapes.ACTIONS.keySet());
        names.add(ActionReader.NONE);
        return Set.copyOf(names);
    }

    /**
     * The rulebook.
     *
     * @param fileName for messages
     * @param variables a JSON object; they become literals in the conditions
     * @throws ProblemException {@code RULEBOOK_INVALID}, with every mistake at {@code file:line:column}
     */
    public Rulebook parse(String yaml, String fileName, JsonText variables) {
        return switch (check(yaml, variables)) {
            case ParseResult.Loaded loaded -> loaded.rulebook();
            case ParseResult.Refused refused -> throw problem(refused.errors(), fileName);
        };
    }

    private static ProblemException problem(List<RulebookError> errors, String fileName) {
        List<FieldError> fields = errors.stream()
                .map(error -> new FieldError(fileName + ":" + error.place(), error.message()))
                .toList();
        String count = fields.size() == 1 ? "1 mistake" : fields.size() + " mistakes, first";
        FieldError first = fields.getFirst();
        return new ProblemException(
                ProblemType.RULEBOOK_INVALID,
                "the rulebook has " + count + " at " + first.pointer() + ": " + first.message(),
                fields);
    }

    /**
     * The rulebook's text as JSON, neither checked nor rendered.
     *
     * @param fileName for messages
     * @throws ProblemException {@code RULEBOOK_INVALID} when it is not YAML
     */
    public JsonText json(String yaml, String fileName) {
        Findings findings = new Findings();
        Optional<YamlNode> root = YamlReader.read(yaml, findings);
        if (!findings.isEmpty()) {
            throw problem(new ParseResult.Refused(findings.errors()).errors(), fileName);
        }
        return root.map(node -> JsonText.of(node.json())).orElse(JsonText.ofString("null"));
    }

    /** The rulebook, or all that is wrong with it, with kinds. */
    public ParseResult check(String yaml, JsonText variables) {
        Draft draft = draft(yaml, variables);
        return draft.errors().isEmpty()
                ? new ParseResult.Loaded(new Rulebook(draft.rulesets()))
                : new ParseResult.Refused(draft.errors());
    }

    /** As much of it as can be read, with all that is wrong. */
    public Draft draft(String yaml, JsonText variables) {
        Findings findings = new Findings();
        Optional<YamlNode> root = YamlReader.read(yaml, findings);
        Loading loading = new Loading(findings, variables, template, extraActions);
        List<Ruleset> rulesets = findings.isEmpty() ? rulesets(root, loading) : List.of();
        return new Draft(rulesets, findings.errors());
    }

    private static List<Ruleset> rulesets(Optional<YamlNode> root, Loading loading) {
        if (root.isEmpty()) {
            loading.findings().schema(new Place(1, 1), "the rulebook is empty; it must be a list of rulesets");
            return List.of();
        }
        if (!(root.get() instanceof YamlNode.Items list) || list.items().isEmpty()) {
            loading.findings().schema(root.get().place(), "a rulebook must be a list of at least one ruleset");
            return List.of();
        }
        List<Ruleset> rulesets = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlNode item : list.items()) {
            if (item instanceof YamlNode.Fields fields) {
                rulesets.add(new RulesetReader(loading, names).ruleset(new Mapping(fields)));
            } else {
                loading.findings().schema(item.place(), "a ruleset must be a mapping, not " + item.noun());
            }
        }
        return rulesets;
    }
}
