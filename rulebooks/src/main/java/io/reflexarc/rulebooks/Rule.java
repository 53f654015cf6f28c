// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.rulebooks.condition.ConditionShape;
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

    /**
     * Whether the other one matches whenever this one does: conditions, throttle and switch are the same, whatever they are
     * written like and whatever is done then. What one remembers serves the other.
     */
    public boolean matchesLike(Rule other) {
        return enabled == other.enabled
                && throttle.equals(other.throttle)
                && shape(trigger).equals(shape(other.trigger));
    }

    private static List<Object> shape(Trigger trigger) {
        List<Object> patterns = trigger.patterns().stream()
                .<Object>map(one -> List.of(one.binding(), ConditionShape.of(one.condition())))
                .toList();
        return switch (trigger) {
            case Trigger.Single single -> List.of("single", patterns);
            case Trigger.All all -> List.of("all", patterns, all.timeout());
            case Trigger.Any any -> List.of("any", patterns);
            case Trigger.NotAll notAll -> List.of("not all", patterns, notAll.timeout());
        };
    }
}
