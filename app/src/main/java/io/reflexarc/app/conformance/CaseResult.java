// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import java.util.Optional;

/** What became of a case. */
sealed interface CaseResult {
    RecordedCase recorded();

    /** Both were the same. */
    record Same(RecordedCase recorded) implements CaseResult {}

    /**
     * They were not.
     *
     * @param expected recorded
     * @param found here
     */
    record Different(RecordedCase recorded, Verdict expected, Verdict found) implements CaseResult {
        /** Why this is so on purpose, where it is. */
        Optional<String> reason() {
            return recorded.quirk().flatMap(IntendedDifferences::reason);
        }
    }

    /**
     * It needs what this machine does not have.
     *
     * @param reason what is missing
     */
    record Skipped(RecordedCase recorded, String reason) implements CaseResult {}

    /** Whether it counts; what looks like a defect of the original does not. */
    default boolean counts() {
        return recorded().quirk().isEmpty();
    }
}
