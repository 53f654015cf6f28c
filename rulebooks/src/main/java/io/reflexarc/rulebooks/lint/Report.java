// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import io.reflexarc.rulebooks.Place;
import io.reflexarc.rulebooks.error.Hint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects findings. */
final class Report {
    private final List<Finding> findings = new ArrayList<>();
    private final Extents extents;

    /** Findings in this text. */
    Report(String text) {
        extents = new Extents(text);
    }

    void error(String code, Place place, String message) {
        add(Severity.ERROR, code, place, message, Optional.empty());
    }

    void error(String code, Place place, String message, Optional<Hint> hint) {
        add(Severity.ERROR, code, place, message, hint);
    }

    void warning(String code, Place place, String message) {
        add(Severity.WARNING, code, place, message, Optional.empty());
    }

    void warning(String code, Place place, String message, Hint hint) {
        add(Severity.WARNING, code, place, message, Optional.of(hint));
    }

    void note(String code, Place place, String message) {
        add(Severity.NOTE, code, place, message, Optional.empty());
    }

    /** A wrong word is found in the text: the place often names what it is a part of. */
    private void add(Severity severity, String code, Place place, String message, Optional<Hint> hint) {
        Extents.Extent extent =
                hint.flatMap(wrong -> extents.word(wrong.word(), place)).orElseGet(() -> extents.at(place));
        Optional<String> nearest = extent.exact() ? hint.flatMap(Hint::nearest) : Optional.empty();
        findings.add(new Finding(severity, code, extent.start(), extent.end(), message, nearest));
    }

    /** In the order of the text; what was said twice of one place, once. */
    List<Finding> findings() {
        return findings.stream()
                .distinct()
                .sorted(Comparator.comparingInt(
                                (Finding finding) -> finding.place().line())
                        .thenComparingInt(finding -> finding.place().column())
                        .thenComparing(Finding::severity))
                .toList();
    }
}
