// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import java.util.List;

/**
 * A checked rulebook.
 *
 * @param rulesets at least one, in file order, with distinct names
 */
public record Rulebook(List<Ruleset> rulesets) {
    public Rulebook {
        rulesets = List.copyOf(rulesets);
    }
}
