// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import java.util.List;
import java.util.Optional;

/**
 * A condition and its actions.
 *
 * @param name unique in the ruleset, rendered
 * @param trigger when it matches
 * @param throttle how often it may match
 * @param actions in order
 * @param enabled a disabled rule never matches
 * @param place where it begins
 */
public record Rule(
        String name,
        Trigger trigger,
        Optional<Throttle> throttle,
        List<ActionSpec> actions,
        boolean enabled,
        Place place) {
    public Rule {
        actions = List.copyOf(actions);
    }
}
