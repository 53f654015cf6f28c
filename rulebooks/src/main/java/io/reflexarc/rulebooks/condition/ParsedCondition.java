// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.condition;

import java.util.List;
import java.util.Optional;

/**
 * What a condition's text means.
 *
 * @param condition the tree; where there are errors, {@code null} literals stand in for what could not be understood
 * @param binding the name before {@code <<}
 * @param errors what is wrong; the condition must not be used unless this is empty
 */
public record ParsedCondition(Condition condition, Optional<String> binding, List<ConditionError> errors) {
    public ParsedCondition {
        errors = List.copyOf(errors);
    }
}
