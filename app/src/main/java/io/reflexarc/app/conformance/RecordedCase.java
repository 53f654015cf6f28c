// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.JsonText;
import java.util.Optional;

/**
 * One recorded case.
 *
 * @param id unique and stable, {@code feature/number}
 * @param kind what was recorded
 * @param rulebook YAML of the whole rulebook
 * @param variables value of its variables file, an object
 * @param quirk class of behaviour that looks like a defect of the original; empty where the verdict is one to agree with
 * @param expected what the original did
 * @param all every field, for those that only one kind has
 */
record RecordedCase(
        String id,
        Kind kind,
        String rulebook,
        JsonText variables,
        Optional<String> quirk,
        JsonNode expected,
        JsonNode all) {
    /** What a case is about. */
    enum Kind {
        /** What rules decide. */
        CONDITION,
        /** What a whole run does. */
        ACTION
    }

    /** First part of the id. */
    String family() {
        return id.substring(0, Math.max(0, id.indexOf('/')));
    }
}
