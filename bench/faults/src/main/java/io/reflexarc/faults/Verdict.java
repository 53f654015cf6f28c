// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.util.Map;

/**
 * What became of one test.
 *
 * @param id as in the list of tests, e.g. {@code F-4}
 * @param title what is done
 * @param outcome what became of it
 * @param reason why, when it did not pass
 * @param numbers what was counted and measured
 */
record Verdict(String id, String title, Outcome outcome, String reason, Map<String, Object> numbers) {
    /** Whether something is not zero that must be zero, whatever the machine: once is enough. */
    boolean broken() {
        return outcome == Outcome.FAILED
                && Findings.FORBIDDEN.stream()
                        .anyMatch(name -> numbers.get(name) instanceof Integer count && count > 0);
    }

    /** How a test may end. */
    enum Outcome {
        PASSED,
        FAILED,
        /** It did not happen as planned, so it proves nothing. */
        INVALID,
        NOT_RUN
    }
}
