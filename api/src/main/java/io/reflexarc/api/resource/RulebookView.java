// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.rulebook.StoredRulebook;
import java.time.Instant;

/**
 * A rulebook as the API shows it.
 *
 * @param id number
 * @param name unique
 * @param description free text
 * @param rulesets the YAML of the newest version
 * @param version id of the newest version, as an activation names it
 * @param versionNumber 1, 2, … within the rulebook
 * @param organizationId owner
 * @param createdAt when it was made
 * @param modifiedAt when its newest version was made
 */
public record RulebookView(
        long id,
        String name,
        String description,
        String rulesets,
        long version,
        int versionNumber,
        long organizationId,
        Instant createdAt,
        Instant modifiedAt) {
    static RulebookView of(StoredRulebook stored) {
        return new RulebookView(
                stored.id(),
                stored.name(),
                stored.description(),
                stored.text(),
                stored.version(),
                stored.versionNumber(),
                stored.organization(),
                stored.createdAt(),
                stored.modifiedAt());
    }
}
