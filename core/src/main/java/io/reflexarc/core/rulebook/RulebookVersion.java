// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.rulebook;

import java.time.Instant;

/**
 * One version of a rulebook. It never changes.
 *
 * @param id as activations name it
 * @param rulebook whose
 * @param number 1, 2, … within the rulebook
 * @param text the YAML
 * @param createdBy name of the user; empty where nobody is known
 * @param createdAt when
 * @param message what its author said of it
 */
public record RulebookVersion(
        long id, long rulebook, int number, String text, String createdBy, Instant createdAt, String message) {}
