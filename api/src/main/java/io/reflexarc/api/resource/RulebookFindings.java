// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.problem.FieldError;
import io.reflexarc.rulebooks.lint.Finding;
import io.reflexarc.rulebooks.lint.Severity;
import java.util.List;
import java.util.Optional;

/**
 * What is to be said of the text of a rulebook.
 *
 * @param valid whether it can be run
 * @param errors one for each place that keeps it from being run, the pointer being {@code line:column}
 * @param findings errors, warnings and notes, in the order of the text
 */
public record RulebookFindings(boolean valid, List<FieldError> errors, List<RulebookFinding> findings) {
    public RulebookFindings {
        errors = List.copyOf(errors);
        findings = List.copyOf(findings);
    }

    static RulebookFindings of(List<Finding> findings) {
        List<FieldError> errors = findings.stream()
                .filter(one -> one.severity() == Severity.ERROR)
                .map(one -> new FieldError(one.place().toString(), one.message()))
                .toList();
        return new RulebookFindings(
                errors.isEmpty(),
                errors,
                findings.stream().map(RulebookFinding::of).toList());
    }

    /**
     * One thing that the author should know. Lines and columns count from 1, columns in code points.
     *
     * @param severity {@code error}, {@code warning} or {@code note}
     * @param code kind of finding, as {@code reflexarc validate} names it
     * @param line where it begins
     * @param column where it begins
     * @param endLine where it ends
     * @param endColumn the first column that is not part of it
     * @param message what is wrong and how to mend it
     * @param nearest what to write instead of what stands there; empty when nobody can tell
     */
    public record RulebookFinding(
            String severity,
            String code,
            int line,
            int column,
            int endLine,
            int endColumn,
            String message,
            Optional<String> nearest) {
        static RulebookFinding of(Finding one) {
            return new RulebookFinding(
                    one.severity().label(),
                    one.code(),
                    one.place().line(),
                    one.place().column(),
                    one.end().line(),
                    one.end().column(),
                    one.message(),
                    one.nearest());
        }
    }
}
