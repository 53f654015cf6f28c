// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.json.JsonText;

/**
 * One thing that {@code debug}, {@code print_event} or {@code shutdown} shows.
 *
 * @param channel {@code debug}, {@code debug: kwargs}, {@code debug: facts}, {@code event} or {@code ruleset}
 * @param content value to show, with its type
 * @param pretty whether it is spread over lines
 */
public record Printed(String channel, JsonText content, boolean pretty) {
    /** As text for a person: a string as it is, another value as JSON. */
    String text() {
        var tree = content.tree();
        if (tree.isTextual()) {
            return tree.asText();
        }
        return pretty ? tree.toPrettyString() : content.toString();
    }
}
