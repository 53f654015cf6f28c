// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.Optional;

/** Checks of the arguments that all actions of Ansible share. */
final class Arguments {
    private static final int MOST_VERBOSE = 5;
    private static final int MOST_RETRIES = 1000;
    private static final double LONGEST_DELAY = 86_400;

    private Arguments() {}

    static void check(Optional<Integer> verbosity, Optional<Integer> retries, Optional<Double> delay) {
        require(verbosity.map(v -> v >= 0 && v <= MOST_VERBOSE).orElse(true), "verbosity is not between 0 and 5");
        require(retries.map(n -> n >= 0 && n <= MOST_RETRIES).orElse(true), "retries is not between 0 and 1000");
        require(delay.map(s -> s >= 0 && s <= LONGEST_DELAY).orElse(true), "delay is not between 0 and 86400 seconds");
    }

    static void require(boolean right, String otherwise) {
        if (!right) {
            throw new ProblemException(ProblemType.INVALID, otherwise);
        }
    }
}
