// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.core.activation.ExecutionStrategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reflexarc run}: a rulebook without any server, with the options of {@code ansible-rulebook}. */
@Command(
        name = "run",
        description = "Runs a rulebook without any server, with the options and the output of ansible-rulebook.",
        sortOptions = false,
        footer = {
            "",
            "Exit codes: 0 a source ended or a rule said shutdown, 1 it could not start or a source failed,",
            "2 wrong usage, 130 interrupted, 143 terminated."
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-r", "--rulebook"},
            paramLabel = "FILE",
            description = "rulebook: a file, or namespace.collection.name")
    String rulebook = "";

    @Option(
            names = {"-e", "--vars"},
            paramLabel = "FILE",
            description = "variables, YAML or JSON")
    String vars = "";

    @Option(
            names = {"-E", "--env-vars"},
            paramLabel = "NAMES",
            description = "environment variables that become variables, separated by commas")
    String envVars = "";

    @Option(
            names = {"-v", "--verbose"},
            description = "-v says what is done, -vv everything, events included; both on stdout")
    boolean[] verbosity = {};

    @Option(names = "--version", description = "print the version and exit")
    boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this help and exit")
    boolean help;

    @Option(
            names = {"-S", "--source-dir"},
            paramLabel = "DIR",
            description = "Python source plugins that come before all others")
    String sourceDir = "";

    @Option(
            names = {"-F", "--filter-dir"},
            paramLabel = "DIR",
            description = "Python filter plugins that come before all others")
    String filterDir = "";

    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "PATH",
            defaultValue = "${env:ANSIBLE_INVENTORY:-}",
            description = "inventory of playbooks and modules, file or directory (env ANSIBLE_INVENTORY)")
    String inventory = "";

    @Mixin
    WebsocketOptions websocket = new WebsocketOptions();

    @Option(names = "--id", description = "name of this run in reports (default: a random one)")
    String id = "";

    @Option(
            names = "--persistence-id",
            defaultValue = "${env:EDA_PERSISTENCE_ID:-}",
            description =
                    "accepted; a run keeps nothing: activations of reflexarc up and serve do (env EDA_PERSISTENCE_ID)")
    String persistenceId = "";

    @Option(
            names = {"-w", "--worker"},
            description = "take the rulebook from the websocket")
    boolean worker;

    @Option(
            names = {"-T", "--project-tarball"},
            paramLabel = "FILE",
            description = "tarball with the playbooks")
    String projectTarball = "";

    @Mixin
    ControllerOptions controller = new ControllerOptions();

    @Option(
            names = "--print-events",
            description = "print every event before it is decided (env EDA_PRINT_EVENTS); -vv does, too")
    boolean printEvents;

    @Option(
            names = "--shutdown-delay",
            paramLabel = "SECONDS",
            defaultValue = "${env:EDA_SHUTDOWN_DELAY:-60}",
            description =
                    "how long a graceful shutdown waits for running actions (env EDA_SHUTDOWN_DELAY; default: 60)")
    double shutdownDelay;

    @Option(
            names = "--gc-after",
            paramLabel = "EVENTS",
            defaultValue = "${env:EDA_GC_AFTER:-1000}",
            description = "accepted, without effect (env EDA_GC_AFTER)")
    int gcAfter;

    @Option(
            names = "--heartbeat",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "how often statistics are sent to the websocket (default: 0, never)")
    int heartbeat;

    @Option(
            names = "--execution-strategy",
            paramLabel = "STRATEGY",
            defaultValue = "${env:EDA_EXECUTION_STRATEGY:-sequential}",
            description = "sequential or parallel (env EDA_EXECUTION_STRATEGY; default: sequential)")
    String executionStrategy = "";

    @Option(names = "--hot-reload", description = "begin again when the rulebook's file changes")
    boolean hotReload;

    @Option(
            names = "--skip-audit-events",
            description = "send no reports of actions to the websocket (env EDA_SKIP_AUDIT_EVENTS)")
    boolean skipAuditEvents;

    @Mixin
    VaultOptions vault = new VaultOptions();

    @Mixin
    LimitOptions limits = new LimitOptions();

    @Option(
            names = {"--check", "--dry-run"},
            description =
                    "decide everything, but only name actions that reach outside (not an option of ansible-rulebook)")
    boolean dryRun;

    @Override
    public Integer call() throws Exception {
        if (spec.commandLine().getParseResult().originalArgs().isEmpty()
                || spec.commandLine().getParseResult().matchedArgs().isEmpty()) {
            spec.commandLine().usage(System.out);
            return 1;
        }
        if (version) {
            About.version().forEach(System.out::println);
            return 0;
        }
        return new RunProgram(this, System.getenv()).run();
    }

    ExecutionStrategy strategy() {
        return switch (executionStrategy.toLowerCase(Locale.ROOT)) {
            case "sequential" -> ExecutionStrategy.SEQUENTIAL;
            case "parallel" -> ExecutionStrategy.PARALLEL;
            default ->
                throw new ParameterException(
                        spec.commandLine(),
                        "argument --execution-strategy: invalid choice: '" + executionStrategy
                                + "' (choose from 'sequential', 'parallel')");
        };
    }

    /** A switch that the environment may turn on. */
    static boolean on(boolean option, Map<String, String> environment, String variable) {
        String value = environment.getOrDefault(variable, "").strip().toLowerCase(Locale.ROOT);
        return option || List.of("true", "yes", "1", "on", "y", "t").contains(value);
    }

    static Optional<Path> path(String option) {
        return option.isBlank() ? Optional.empty() : Optional.of(Path.of(option));
    }

    /** As argparse takes them: options may be shortened. */
    static void configure(CommandLine line) {
        line.setAbbreviatedOptionsAllowed(true);
    }
}
