// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import java.util.Map;
import java.util.Optional;

/** Classes of recorded behaviour that we do not copy, with the reason; {@code docs/compatibility.md} says more. */
final class IntendedDifferences {
    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("Q-alias-collision", "refused at load: one of the two could not be reached"),
            Map.entry("Q-constraint-throws", "what cannot be computed is undefined and does not match"),
            Map.entry("Q-dash-parsed-as-minus", "refused at load: nobody means a subtraction"),
            Map.entry("Q-double-negation", "not negates, every time"),
            Map.entry("Q-engine-crash", "what makes sense is run"),
            Map.entry("Q-forward-reference-never-fires", "refused at load: it can only be a mistake"),
            Map.entry("Q-lhs-arithmetic-in-join-never-fires", "arithmetic may stand on either side"),
            Map.entry("Q-not-of-defined", "not negates, every time"),
            Map.entry("Q-template-injection", "text of an event is never evaluated by a playbook"),
            Map.entry("Q-unclear-error", "what makes sense is run: products, constant lists"),
            Map.entry("Q-undefined-variable-kills-ruleset", "that action fails, everything else goes on"),
            Map.entry("Q-unknown-event-reference-never-fires", "refused at load: it can only be a mistake"),
            Map.entry("Q-var_root-multi-crash", "it works"));

    private IntendedDifferences() {}

    /** Why verdicts of this class differ; empty where they must not. */
    static Optional<String> reason(String quirk) {
        return Optional.ofNullable(REASONS.get(quirk));
    }
}
