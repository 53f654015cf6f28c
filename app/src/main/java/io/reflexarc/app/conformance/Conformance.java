// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.RulebookParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Runs recorded cases. They share nothing, so each processor takes some. */
public final class Conformance {
    private final ConditionRunner conditions = new ConditionRunner(new RulebookParser(Set.of(), new Templates()::text));
    private final ActionRunner actions;

    /**
     * A runner of cases.
     *
     * @param ansible the {@code ansible-runner} of this machine, for the few cases whose verdict a playbook makes
     */
    public Conformance(Optional<Path> ansible) {
        actions = new ActionRunner(ansible);
    }

    /** Runs every case of these files and folders; the report is in the order of the files. */
    public ConformanceReport run(List<Path> places) throws InterruptedException {
        List<RecordedCase> cases = CaseReader.read(places);
        List<CaseResult> results = new ArrayList<>(cases.size());
        int processors = Runtime.getRuntime().availableProcessors();
        try (ExecutorService workers = Executors.newFixedThreadPool(processors)) {
            List<Future<CaseResult>> running = cases.stream()
                    .map(recorded -> workers.submit(() -> judged(recorded)))
                    .toList();
            for (Future<CaseResult> result : running) {
                results.add(result.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a case could not be run", e.getCause());
        }
        return new ConformanceReport(results);
    }

    private CaseResult result(RecordedCase recorded) throws InterruptedException {
        return switch (recorded.kind()) {
            case CONDITION -> compared(recorded, ConditionRunner.expected(recorded), conditions.found(recorded));
            case ACTION -> {
                Optional<String> missing = actions.missing(recorded);
                yield missing.isPresent()
                        ? new CaseResult.Skipped(recorded, missing.get())
                        : compared(
                                recorded,
                                ActionVerdict.expected(recorded),
                                ActionVerdict.found(recorded, actions.play(recorded)));
            }
        };
    }

    private static CaseResult compared(RecordedCase recorded, Verdict expected, Verdict found) {
        return found.equals(expected)
                ? new CaseResult.Same(recorded)
                : new CaseResult.Different(recorded, expected, found);
    }

    /** A case that breaks the engine is a failure of that case. */
    private CaseResult judged(RecordedCase recorded) throws InterruptedException {
        try {
            return result(recorded);
        } catch (RuntimeException e) {
            return new CaseResult.Different(
                    recorded, Verdict.of("a verdict"), Verdict.of("broken: " + e + " " + trace(e)));
        }
    }

    private static String trace(RuntimeException failure) {
        return Arrays.stream(failure.getStackTrace())
                .limit(3)
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }
}
