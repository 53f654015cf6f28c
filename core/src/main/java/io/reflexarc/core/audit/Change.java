// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.audit;

import io.reflexarc.core.json.JsonText;
import java.time.Instant;

/**
 * Who changed what.
 *
 * @param at when
 * @param user name of the user
 * @param verb e.g. {@code create}
 * @param kind of the object, e.g. {@code activation}
 * @param object its id
 * @param organization owner of the object
 * @param details what changed, secrets masked; a JSON object
 */
public record Change(
        Instant at, String user, String verb, String kind, String object, long organization, JsonText details) {}
