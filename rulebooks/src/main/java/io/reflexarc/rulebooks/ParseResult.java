// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.rulebooks.error.ErrorKind;
import java.util.Comparator;
import java.util.List;

/** What became of a rulebook's text. */
public sealed interface ParseResult {
    /** It is a rulebook. */
    record Loaded(Rulebook rulebook) implements ParseResult {}

    /**
     * It is none.
     *
     * @param errors at least one, in the order of the text
     */
    record Refused(List<RulebookError> errors) implements ParseResult {
        public Refused {
            errors = errors.stream()
                    .sorted(Comparator.comparingInt(
                                    (RulebookError error) -> error.place().line())
                            .thenComparingInt(error -> error.place().column()))
                    .toList();
        }

        /** The kind that the original would report: that of the earliest stage. */
        public ErrorKind kind() {
            return errors.stream()
                    .map(RulebookError::kind)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }
}
