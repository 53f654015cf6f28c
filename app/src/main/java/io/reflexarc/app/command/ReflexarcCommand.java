// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code reflexarc} without a sub-command: says what there is. */
@Command(
        name = "reflexarc",
        description = "Turns events into actions and can always say why.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Exit codes: 0 done, 1 could not be done (the reason is on stderr), 2 wrong usage, 70 a bug."},
        subcommands = {
            UpCommand.class,
            ServeCommand.class,
            ResetAdminCommand.class,
            LogCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ValidateCommand.class,
            VersionCommand.class,
            RehearseCommand.class,
            ConformanceCommand.class,
            ExplainCommand.class,
            RunCommand.class
        })
public final class ReflexarcCommand implements Runnable {
    /** A command that goes on in the background after {@code call} answers this; the process must not exit. */
    static final int STAYS_UP = -1;

    private static final int FAILED = 1;
    private static final int BUG = 70;

    /** The parser of the whole command line. */
    public static CommandLine line() {
        CommandLine all = new CommandLine(new ReflexarcCommand())
                .setExecutionExceptionHandler((failure, line, parsed) -> report(failure, line.getErr()))
                .setParameterExceptionHandler((mistake, arguments) -> refuse(mistake));
        RunCommand.configure(Objects.requireNonNull(all.getSubcommands().get("run")));
        return all;
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** The sentence is what counts; a page of usage after it would push it off the screen. */
    private static int refuse(ParameterException mistake) {
        CommandLine line = mistake.getCommandLine();
        line.getErr().println(mistake.getMessage());
        UnmatchedArgumentException.printSuggestions(mistake, line.getErr());
        line.getErr().println("See: " + line.getCommandSpec().qualifiedName() + " --help");
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int report(Throwable failure, PrintWriter err) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ProblemException problem) {
            err.println("reflexarc: " + problem.detail());
            for (FieldError error : problem.errors()) {
                if (problem.detail().endsWith(error.pointer() + ": " + error.message())) {
                    continue; // the sentence has told it, as it does of a single mistake
                }
                err.println("  " + error.pointer() + ": " + error.message());
            }
            LoggerFactory.getLogger(ReflexarcCommand.class)
                    .atDebug()
                    .setCause(problem)
                    .log("command failed");
            return FAILED;
        }
        LoggerFactory.getLogger(ReflexarcCommand.class)
                .atError()
                .setCause(cause)
                .log("unexpected failure, please report it");
        return BUG;
    }
}
