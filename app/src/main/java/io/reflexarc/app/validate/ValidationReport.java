// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.validate;

import io.reflexarc.rulebooks.lint.Finding;
import io.reflexarc.rulebooks.lint.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the linter said.
 *
 * @param files in the order in which they were given
 */
public record ValidationReport(List<Checked> files) {
    public ValidationReport {
        files = List.copyOf(files);
    }

    /** Findings of this severity, in all files. */
    public long count(Severity severity) {
        return files.stream()
                .flatMap(file -> file.findings().stream())
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    /** One line for each finding, and one that counts them. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Checked file : files) {
            for (Finding finding : file.findings()) {
                text.append(file.file())
                        .append(':')
                        .append(finding.place())
                        .append(": ")
                        .append(finding.severity().label())
                        .append(": ")
                        .append(finding.message())
                        .append(" [")
                        .append(finding.code())
                        .append("]\n");
            }
        }
        long valid = files.stream().filter(Checked::valid).count();
        return text.append("%d of %d valid, %d errors, %d warnings, %d notes%n"
                        .formatted(
                                valid,
                                files.size(),
                                count(Severity.ERROR),
                                count(Severity.WARNING),
                                count(Severity.NOTE)))
                .toString();
    }

    /** The same as data. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("valid", count(Severity.ERROR) == 0);
        json.put("errors", count(Severity.ERROR));
        json.put("warnings", count(Severity.WARNING));
        json.put("notes", count(Severity.NOTE));
        json.put("files", files.stream().map(Checked::json).toList());
        return json;
    }

    /**
     * A file and what was said of it.
     *
     * @param file as it was given or found
     * @param findings in the order of the text
     */
    public record Checked(String file, List<Finding> findings) {
        public Checked {
            findings = List.copyOf(findings);
        }

        /** Whether it would be run. */
        public boolean valid() {
            return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
        }

        private Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("file", file);
            json.put("valid", valid());
            json.put("findings", findings.stream().map(Checked::json).toList());
            return json;
        }

        private static Map<String, Object> json(Finding finding) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("severity", finding.severity());
            json.put("code", finding.code());
            json.put("line", finding.place().line());
            json.put("column", finding.place().column());
            json.put("message", finding.message());
            return json;
        }
    }
}
