// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A way into a document, as upstream's library dpath reads it: keys and indexes of lists with a separator between them; a key
 * may be a {@link Glob}.
 */
public final class KeyPath {
    private final String text;
    private final List<Glob> steps;

    /** Reads a path; separators at its beginning do not count. */
    public KeyPath(String text, String separator) {
        this.text = text;
        String rest = text;
        while (!separator.isEmpty() && rest.startsWith(separator)) {
            rest = rest.substring(separator.length());
        }
        this.steps =
                List.of(separator.isEmpty() ? new String[] {rest} : rest.split(Pattern.quote(separator), -1)).stream()
                        .map(Glob::new)
                        .toList();
    }

    /** What stands there; {@code INVALID} when a pattern in the path fits more than one place. */
    public Optional<JsonNode> find(JsonNode document) {
        List<JsonNode> found = List.of(document);
        for (Glob step : steps) {
            List<JsonNode> next = new ArrayList<>();
            found.forEach(node -> children(node, step, next));
            found = next;
        }
        if (found.size() > 1) {
            throw new ProblemException(
                    ProblemType.INVALID, "the path " + text + " fits " + found.size() + " places: it must name one");
        }
        return found.stream().findFirst();
    }

    private static void children(JsonNode node, Glob step, List<JsonNode> into) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                if (step.matches(Integer.toString(i))) {
                    into.add(node.get(i));
                }
            }
        } else {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (step.matches(field.getKey())) {
                    into.add(field.getValue());
                }
            }
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
