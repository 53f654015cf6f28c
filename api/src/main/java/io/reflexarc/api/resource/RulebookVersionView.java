// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.rulebook.RulebookVersion;
import java.time.Instant;
import java.util.List;

/**
 * A version of a rulebook, without its text.
 *
 * @param id as an activation names it
 * @param number 1, 2, … within the rulebook
 * @param createdBy name of the user; empty where nobody is known
 * @param createdAt when
 * @param message what its author said of it
 * @param activations that run it now
 */
public record RulebookVersionView(
        long id, int number, String createdBy, Instant createdAt, String message, List<UserOfVersion> activations) {
    public RulebookVersionView {
        activations = List.copyOf(activations);
    }

    static RulebookVersionView of(RulebookVersion version, List<Activation> activations) {
        return new RulebookVersionView(
                version.id(),
                version.number(),
                version.createdBy(),
                version.createdAt(),
                version.message(),
                activations.stream()
                        .filter(one -> one.rulebookVersion() == version.id())
                        .map(UserOfVersion::of)
                        .toList());
    }

    /**
     * An activation that runs it.
     *
     * @param id number
     * @param name unique
     * @param followsRulebook whether it gets what is published without naming activations
     */
    public record UserOfVersion(long id, String name, boolean followsRulebook) {
        static UserOfVersion of(Activation activation) {
            return new UserOfVersion(activation.id().value(), activation.name(), activation.follows());
        }
    }
}
