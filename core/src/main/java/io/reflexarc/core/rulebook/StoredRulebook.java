// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.rulebook;

import java.time.Instant;

/**
 * A rulebook and its newest version.
 *
 * @param id number in the API
 * @param organization owner
 * @param name unique within the organization
 * @param description free text
 * @param version id of the newest version
 * @param versionNumber 1, 2, … within the rulebook
 * @param text the YAML
 * @param createdAt of the rulebook
 * @param modifiedAt of the newest version
 */
public record StoredRulebook(
        long id,
        long organization,
        String name,
        String description,
        long version,
        int versionNumber,
        String text,
        Instant createdAt,
        Instant modifiedAt) {}
