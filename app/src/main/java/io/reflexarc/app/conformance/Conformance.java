// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.RulebookParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs recorded cases. They share nothing, so each processor takes some. */
public final class Conformance {
    private final ConditionRunner conditions = new ConditionRunner(new RulebookParser(Set.of(), new Templates()::text));

    /** Runs every case of these files and folders; the report is in the order of the files. */
    public ConformanceReport run(List<Path> places) throws InterruptedException {
        List<RecordedCase> cases = CaseReader.read(places);
        List<CaseResult> results = new ArrayList<>(cases.size());
        int processors = Runtime.getRuntime().availableProcessors();
        try (ExecutorService workers = Executors.newFixedThreadPool(processors)) {
            List<Future<CaseResult>> running = cases.stream()
                    .map(recorded -> workers.submit(() -> result(recorded)))
                    .toList();
            for (Future<CaseResult> result : running) {
                results.add(result.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a case could not be run", e.getCause());
        }
        return new ConformanceReport(results);
    }

    private CaseResult result(RecordedCase recorded) {
        return switch (recorded.kind()) {
            case CONDITION -> compared(recorded, ConditionRunner.expected(recorded));
            case ACTION -> new CaseResult.Skipped(recorded, "needs a runner of whole rulebooks");
        };
    }

    private CaseResult compared(RecordedCase recorded, Verdict expected) {
        Verdict found = found(recorded);
        return found.equals(expected)
                ? new CaseResult.Same(recorded)
                : new CaseResult.Different(recorded, expected, found);
    }

    /** A case that breaks the engine is a failure of that case. */
    private Verdict found(RecordedCase recorded) {
        try {
            return conditions.found(recorded);
        } catch (RuntimeException e) {
            return Verdict.of("broken: " + e);
        }
    }
}
