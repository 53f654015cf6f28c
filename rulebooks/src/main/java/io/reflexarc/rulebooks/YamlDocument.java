// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.Optional;

/** Reads any YAML or JSON document with the same scalars and limits as a rulebook. */
public final class YamlDocument {
    private YamlDocument() {}

    /**
     * The document's value; nothing at all is {@code null}.
     *
     * @throws ProblemException {@code INVALID} with the place as {@code file:line:column}
     */
    public static JsonNode read(String yaml, String file) {
        Findings findings = new Findings();
        Optional<YamlNode> root = YamlReader.read(yaml, findings);
        if (!findings.isEmpty()) {
            RulebookError first = findings.errors().getFirst();
            throw new ProblemException(ProblemType.INVALID, file + ":" + first.place() + ": " + first.message());
        }
        return root.map(YamlNode::json).orElse(NullNode.getInstance());
    }
}
