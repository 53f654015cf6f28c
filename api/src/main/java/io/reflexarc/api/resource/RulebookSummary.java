// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.rulebook.StoredRulebook;
import java.time.Instant;
import java.util.List;

/**
 * A rulebook in a list: what is in it, and who uses it.
 *
 * @param id number
 * @param name unique
 * @param description free text
 * @param versionNumber of the newest version
 * @param rulesets how many
 * @param rules how many, in all rulesets
 * @param errors in the newest version; one that was run with variables may have some without them
 * @param warnings in the newest version
 * @param draft whether the caller has a draft
 * @param usedBy activations of any of its versions
 * @param modifiedAt when its newest version was made
 */
public record RulebookSummary(
        long id,
        String name,
        String description,
        int versionNumber,
        int rulesets,
        int rules,
        int errors,
        int warnings,
        boolean draft,
        List<Usage> usedBy,
        Instant modifiedAt) {
    public RulebookSummary {
        usedBy = List.copyOf(usedBy);
    }

    static RulebookSummary of(StoredRulebook one, Contents contents, boolean draft, List<Activation> usedBy) {
        return new RulebookSummary(
                one.id(),
                one.name(),
                one.description(),
                one.versionNumber(),
                contents.rulesets(),
                contents.rules(),
                contents.errors(),
                contents.warnings(),
                draft,
                usedBy.stream()
                        .map(user -> new Usage(user.id().value(), user.name(), user.status()))
                        .toList(),
                one.modifiedAt());
    }

    /** What is in a version. */
    record Contents(int rulesets, int rules, int errors, int warnings) {}

    /**
     * An activation that uses it.
     *
     * @param id number
     * @param name unique
     * @param status as the list of activations names it
     */
    public record Usage(long id, String name, ActivationStatus status) {}
}
