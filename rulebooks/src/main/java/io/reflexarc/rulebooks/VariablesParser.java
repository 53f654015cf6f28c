// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.List;
import java.util.Optional;

/** Reads variables, YAML or JSON, with the same scalars as a rulebook. */
public final class VariablesParser {
    private VariablesParser() {}

    /**
     * The mapping as a JSON object; a blank text is the empty one.
     *
     * @throws ProblemException {@code INVALID} when it is no mapping, with the place as {@code line:column}
     */
    public static JsonText parse(String text) {
        return parse(text, "");
    }

    /** The same; the sentence about a mistake names the file as well. */
    public static JsonText parse(String text, String file) {
        if (text.isBlank()) {
            return JsonText.EMPTY_OBJECT;
        }
        Findings findings = new Findings();
        Optional<YamlNode> root = YamlReader.read(text, findings);
        if (findings.isEmpty() && root.isPresent() && !(root.get() instanceof YamlNode.Fields)) {
            findings.schema(new Place(1, 1), "variables are a mapping of names to values");
        }
        if (!findings.isEmpty()) {
            List<FieldError> errors = findings.errors().stream()
                    .map(error -> new FieldError(
                            file.isEmpty() ? error.place().toString() : file + ":" + error.place(), error.message()))
                    .toList();
            FieldError first = errors.getFirst();
            throw new ProblemException(
                    ProblemType.INVALID,
                    "the variables are wrong at " + first.pointer() + ": " + first.message(),
                    errors);
        }
        return root.map(node -> JsonText.of(node.json())).orElse(JsonText.EMPTY_OBJECT);
    }
}
