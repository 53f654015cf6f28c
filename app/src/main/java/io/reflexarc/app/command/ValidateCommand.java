// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.app.validate.Validation;
import io.reflexarc.app.validate.ValidationReport;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.problem.UnreadableFile;
import io.reflexarc.rulebooks.VariablesParser;
import io.reflexarc.rulebooks.lint.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reflexarc validate}: what is wrong with a rulebook, before it runs. */
@Command(
        name = "validate",
        description = {
            "Reads rulebooks and says what is wrong with them, at file:line:column, with the remedy.",
            "error: the rulebook is refused. warning: it loads and will not do what it says. note: worth knowing."
        },
        footer = {"", "Exit codes: 0 all are valid, 1 one is not, 2 wrong usage or a file that cannot be read."},
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description = "rulebooks, or folders of which all rulebooks are read")
    private List<Path> places = List.of();

    @Option(
            names = {"-e", "--vars"},
            paramLabel = "FILE",
            description = "variables; without any, names of variables are not checked")
    private Optional<Path> vars = Optional.empty();

    @Option(
            names = {"-E", "--env-vars"},
            paramLabel = "NAMES",
            split = ",",
            description =
                    "environment variables that become variables, separated by commas; their values do not matter")
    private List<String> envVars = List.of();

    @Option(names = "--strict", description = "exit with 1 when there are warnings, too")
    private boolean strict;

    @Option(names = "--output", converter = Output.Converter.class, description = "text or json (default: text)")
    private Output output = Output.TEXT;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        ValidationReport report;
        try {
            report = new Validation().run(places, variables());
        } catch (ProblemException e) {
            spec.commandLine().getErr().println("reflexarc: " + e.detail());
            return CommandLine.ExitCode.USAGE;
        }
        switch (output) {
            case TEXT -> System.out.print(report.text());
            case JSON -> System.out.println(JsonText.of(report.json()));
        }
        boolean wrong = report.count(Severity.ERROR) > 0 || (strict && report.count(Severity.WARNING) > 0);
        return wrong ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private Optional<JsonText> variables() {
        if (vars.isEmpty() && envVars.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode variables = Json.mapper().createObjectNode();
        vars.ifPresent(file -> variables.setAll((ObjectNode) read(file).tree()));
        envVars.forEach(name -> variables.put(name.strip(), System.getenv().getOrDefault(name.strip(), "")));
        return Optional.of(JsonText.of(variables));
    }

    private static JsonText read(Path file) {
        try {
            return VariablesParser.parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new ProblemException(ProblemType.NOT_FOUND, "the variables " + UnreadableFile.sentence(file, e), e);
        }
    }
}
