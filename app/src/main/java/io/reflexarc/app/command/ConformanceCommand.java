// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.conformance.Conformance;
import io.reflexarc.app.conformance.ConformanceReport;
import io.reflexarc.app.conformance.JunitReport;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.plugins.ansible.AnsibleConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reflexarc conformance}: how far this engine decides as {@code ansible-rulebook} was seen to decide. */
@Command(
        name = "conformance",
        description = {
            "Runs recorded verdicts of ansible-rulebook through the engine and shows where the two differ.",
            "Time is virtual: nothing waits. Exits with 1 when a verdict that counts differs.",
            "The few verdicts that a playbook makes need ansible-runner in PATH and are skipped without it."
        },
        mixinStandardHelpOptions = true)
final class ConformanceCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "DIR|FILE",
            description = "files of cases (JSON Lines), or folders that hold files *.jsonl")
    private List<Path> places = List.of();

    @Option(names = "--junit", paramLabel = "FILE", description = "writes a report in JUnit's XML as well")
    private Optional<Path> junit = Optional.empty();

    @Option(names = "--output", converter = Output.Converter.class, description = "text or json (default: text)")
    private Output output = Output.TEXT;

    @Override
    public Integer call() throws InterruptedException {
        ConformanceReport report = new Conformance(ansible()).run(places);
        junit.ifPresent(file -> JunitReport.write(report, file));
        switch (output) {
            case TEXT -> System.out.print(report.text());
            case JSON -> System.out.println(JsonText.of(report.json()));
        }
        return report.failed() == 0 ? 0 : 1;
    }

    private static Optional<Path> ansible() {
        return Optional.of(AnsibleConfig.runnerIn(System.getenv().getOrDefault("PATH", "")))
                .map(Path::toAbsolutePath)
                .filter(Files::isExecutable);
    }
}
