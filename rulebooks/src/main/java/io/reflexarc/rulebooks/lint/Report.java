// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import io.reflexarc.rulebooks.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects findings. */
final class Report {
    private final List<Finding> findings = new ArrayList<>();

    void error(String code, Place place, String message) {
        findings.add(new Finding(Severity.ERROR, code, place, message));
    }

    void warning(String code, Place place, String message) {
        findings.add(new Finding(Severity.WARNING, code, place, message));
    }

    void note(String code, Place place, String message) {
        findings.add(new Finding(Severity.NOTE, code, place, message));
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
