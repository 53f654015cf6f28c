// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import io.reflexarc.faults.Verdict.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./reflexarc test --faults}. */
@Command(
        name = "./reflexarc test --faults",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Kills roles and servers of a site under load, sends it what is meant to break it, and counts what was"
                        + " lost, done twice or done in the wrong order.",
        footer = {
            "",
            "Exit codes: 0 passed, 1 a promise was broken, 2 wrong usage, 3 invalid (faults did not fire, or too little was sent: it"
                    + " proves nothing), 4 another criterion was missed"
        })
final class FaultsCommand implements Callable<Integer> {
    private static final int BROKEN = 1;
    private static final int INVALID = 3;
    private static final int MISSED = 4;

    @Option(
            names = "--full",
            description = "every test that this machine allows, at 500 events a second (about an hour)")
    private boolean full;

    @Option(names = "--only", split = ",", paramLabel = "ID,...", description = "only these tests, e.g. F-4,D-2")
    private Set<String> only = Set.of();

    @Option(
            names = "--seed",
            description = "of events and faults (default: ${DEFAULT-VALUE})",
            defaultValue = "20261121")
    private long seed = 20_261_121;

    @Option(names = "--rate", description = "events a second (default: 200, 500 with --full)")
    private double rate;

    @Option(
            names = "--part",
            paramLabel = "0..1",
            description = "do faults that are repeated only so often, e.g. 0.2 of the times (default: 1)")
    private double part = 1;

    @Option(names = "--output", description = "text or json (default: text)", defaultValue = "text")
    private String output = "text";

    @Option(names = "--report", paramLabel = "DIR", description = "also write JSON and table into this folder")
    private Path report = Path.of("");

    @Option(names = "--keep", description = "keep logs and ledgers also when all is well")
    private boolean keep;

    /** Starts it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FaultsCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (!Set.of("text", "json").contains(output)) {
            throw new CommandLine.ParameterException(new CommandLine(this), "--output is text or json, not " + output);
        }
        Path folder = Files.createTempDirectory("reflexarc-faults");
        Stopwatch watch = new Stopwatch();
        Progress.title("Logs and ledgers are in " + folder);
        double wanted = rate > 0 ? rate : full ? 500 : 200;
        List<Verdict> verdicts = new ArrayList<>();
        try {
            verdicts.addAll(new Suite(folder, Path.of("").toAbsolutePath(), seed, wanted, full, part, only).run());
        } catch (Unknown e) {
            throw new CommandLine.ParameterException(new CommandLine(this), e.getMessage());
        }
        Report result = new Report(full ? "full" : "short", seed, Duration.ofMillis(watch.micros() / 1_000), verdicts);
        System.out.print(output.equals("json") ? result.json() : result.table());
        if (!report.toString().isEmpty()) {
            result.write(report);
        }
        int exit = exit(verdicts);
        if (exit == 0 && !keep) {
            Report.delete(folder);
        } else {
            Progress.title("Logs and ledgers are kept in " + folder);
        }
        return exit;
    }

    private static int exit(List<Verdict> verdicts) {
        if (verdicts.stream().anyMatch(Verdict::broken)) {
            return BROKEN;
        }
        if (verdicts.stream().anyMatch(verdict -> verdict.outcome() == Outcome.FAILED)) {
            return MISSED;
        }
        boolean nothing = verdicts.stream().noneMatch(verdict -> verdict.outcome() == Outcome.PASSED);
        return nothing || verdicts.stream().anyMatch(verdict -> verdict.outcome() == Outcome.INVALID) ? INVALID : 0;
    }

    /** A test that does not exist was asked for. */
    static final class Unknown extends IllegalArgumentException {
        Unknown(String message) {
            super(message);
        }
    }
}
