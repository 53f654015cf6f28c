// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of all cases.
 *
 * @param results in the order of the files
 */
public record ConformanceReport(List<CaseResult> results) {
    public ConformanceReport {
        results = List.copyOf(results);
    }

    /** Cases that count and agree. */
    public long passed() {
        return results.stream()
                .filter(result -> result.counts() && result instanceof CaseResult.Same)
                .count();
    }

    /** Cases that count and do not agree. */
    public long failed() {
        return failures().size();
    }

    private List<CaseResult.Different> failures() {
        return differences().stream().filter(CaseResult::counts).toList();
    }

    private List<CaseResult.Different> differences() {
        return results.stream()
                .filter(CaseResult.Different.class::isInstance)
                .map(CaseResult.Different.class::cast)
                .toList();
    }

    private List<CaseResult.Different> quirks(boolean intended) {
        return differences().stream()
                .filter(different -> !different.counts() && different.reason().isPresent() == intended)
                .toList();
    }

    private List<CaseResult.Skipped> skipped() {
        return results.stream()
                .filter(CaseResult.Skipped.class::isInstance)
                .map(CaseResult.Skipped.class::cast)
                .toList();
    }

    private long reproduced() {
        return results.stream()
                .filter(result -> !result.counts() && result instanceof CaseResult.Same)
                .count();
    }

    /** For people; the last line is the verdict. */
    public String text() {
        StringBuilder text = new StringBuilder();
        failures().forEach(failure -> appendDifference(text, "FAILED", failure));
        quirks(false).forEach(quirk -> appendDifference(text, "DIFFERS", quirk));
        skipped()
                .forEach(skipped -> text.append("skipped ")
                        .append(skipped.recorded().id())
                        .append(": ")
                        .append(skipped.reason())
                        .append('\n'));
        if (!text.isEmpty()) {
            text.append('\n');
        }
        families()
                .forEach((family, counts) ->
                        text.append("%-20s %4d of %4d%n".formatted(family, counts.agreeing(), counts.all())));
        text.append("quirks of the original: reproduced ")
                .append(reproduced())
                .append(", intended differences ")
                .append(quirks(true).size())
                .append(", neither ")
                .append(quirks(false).size())
                .append('\n');
        if (!skipped().isEmpty()) {
            text.append("skipped: ").append(skipped().size()).append('\n');
        }
        return text.append(passed())
                .append(" passed, ")
                .append(failed())
                .append(" failed\n")
                .toString();
    }

    private static void appendDifference(StringBuilder text, String word, CaseResult.Different different) {
        text.append(word).append(' ').append(different.recorded().id());
        different
                .recorded()
                .quirk()
                .ifPresent(quirk -> text.append(" (").append(quirk).append(')'));
        text.append('\n');
        appendLines(text, "  expected ", different.expected());
        appendLines(text, "  found    ", different.found());
    }

    private static void appendLines(StringBuilder text, String label, Verdict verdict) {
        if (verdict.lines().isEmpty()) {
            text.append(label).append("nothing\n");
        }
        String before = label;
        for (String line : verdict.lines()) {
            text.append(before).append(line).append('\n');
            before = " ".repeat(label.length());
        }
    }

    private record Counts(long agreeing, long all) {
        Counts and(boolean agrees) {
            return new Counts(agreeing + (agrees ? 1 : 0), all + 1);
        }
    }

    /** Of the cases that count and were run. */
    private Map<String, Counts> families() {
        Map<String, Counts> families = new TreeMap<>();
        for (CaseResult result : results) {
            if (result.counts() && !(result instanceof CaseResult.Skipped)) {
                boolean agrees = result instanceof CaseResult.Same;
                families.merge(
                        result.recorded().family(),
                        new Counts(0, 0).and(agrees),
                        (before, unused) -> before.and(agrees));
            }
        }
        return families;
    }

    /** For programs. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("passed", passed());
        json.put("failed", failed());
        json.put("failures", differences(failures()));
        Map<String, Object> quirks = new LinkedHashMap<>();
        quirks.put("reproduced", reproduced());
        quirks.put(
                "intended",
                quirks(true).stream()
                        .map(quirk -> Map.of(
                                "id", quirk.recorded().id(),
                                "quirk", quirk.recorded().quirk().orElse(""),
                                "reason", quirk.reason().orElse("")))
                        .toList());
        quirks.put("neither", differences(quirks(false)));
        json.put("quirks", quirks);
        json.put(
                "skipped",
                skipped().stream()
                        .map(skipped -> Map.of("id", skipped.recorded().id(), "reason", skipped.reason()))
                        .toList());
        return json;
    }

    private static List<Map<String, Object>> differences(List<CaseResult.Different> differences) {
        return differences.stream().map(ConformanceReport::difference).toList();
    }

    private static Map<String, Object> difference(CaseResult.Different different) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", different.recorded().id());
        different.recorded().quirk().ifPresent(quirk -> shown.put("quirk", quirk));
        shown.put("expected", different.expected().lines());
        shown.put("found", different.found().lines());
        return shown;
    }
}
