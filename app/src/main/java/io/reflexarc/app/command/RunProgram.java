// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.run.LazyVertx;
import io.reflexarc.app.run.RulebookRun;
import io.reflexarc.app.run.RunObserver;
import io.reflexarc.app.run.RunRequest;
import io.reflexarc.app.run.RunWorld;
import io.reflexarc.app.terminal.Terminal;
import io.reflexarc.app.terminal.TerminalObserver;
import io.reflexarc.app.vault.Vault;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.rulebooks.RulebookParser;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code reflexarc run} from the command line to the exit code. */
final class RunProgram {
    private static final Logger LOGGER = LoggerFactory.getLogger("reflexarc.run");
    private static final int BUFFER = 65_536;
    private static final int FAILED = 1;

    private final RunCommand command;
    private final Map<String, String> environment;
    private final RunSettings settings;
    private final Terminal terminal;

    RunProgram(RunCommand command, Map<String, String> environment) {
        this.command = command;
        this.environment = environment;
        this.settings = new RunSettings(command, environment);
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
                false,
                StandardCharsets.UTF_8);
        this.terminal = new Terminal(out, Clock.systemUTC(), ZoneId.systemDefault(), width(environment));
    }

    /** The launcher says how wide the terminal is, when there is one. */
    private static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("REFLEXARC_COLUMNS", "");
        return columns.matches("[1-9]\\d{0,3}") ? Integer.parseInt(columns) : Terminal.DEFAULT_WIDTH;
    }

    int run() {
        try (LazyVertx vertx = new LazyVertx()) {
            return start(vertx);
        } catch (ProblemException e) {
            terminal.flush();
            LOGGER.error("Terminating: {}", e.detail());
            if (e.errors().size() > 1) {
                for (FieldError error : e.errors()) {
                    LOGGER.error("  {}: {}", error.pointer(), error.message());
                }
            }
            LOGGER.debug("terminated", e);
            return FAILED;
        }
    }

    private int start(LazyVertx vertx) {
        if (command.worker && (command.id.isBlank() || command.websocket.url.isBlank())) {
            throw RunSettings.wrong("Worker mode needs an id and websocket url specified");
        }
        if (!command.worker && command.rulebook.isBlank()) {
            throw RunSettings.wrong("Rulebook must be specified in non worker mode");
        }
        RunWorld world = new RunWiring(command, environment, terminal, vertx).world();
        RunObserver observer = new TerminalObserver(
                terminal,
                command.verbosity.length > 1 || RunCommand.on(command.printEvents, environment, "EDA_PRINT_EVENTS"),
                command.dryRun);
        RulebookFile file = RulebookFile.find(command.rulebook, environment);
        if (command.hotReload) {
            LOGGER.atError().log("HOT-RELOAD: Hot-reload was requested, will monitor for rulebook file changes");
        }
        while (true) {
            RulebookRun run = new RulebookRun(request(file), world, observer);
            Signals signals = Signals.stopping(run);
            HotReload reload = HotReload.watch(command.hotReload, file.path(), run);
            int code = onItsOwnThread(run);
            reload.close();
            if (!reload.changed()) {
                signals.over();
                return code;
            }
            signals.cancel();
            LOGGER.atError().log("HOT-RELOAD! rules file changed, now restarting");
        }
    }

    private RunRequest request(RulebookFile file) {
        Vault vault = settings.vault();
        JsonText variables = vault.open(settings.variables());
        String text = RunSettings.read(file.path(), "Rulebook file");
        if (Vault.isClosed(text)) {
            vault.open(new RulebookParser(Set.of(), (template, unused) -> template).json(text, file.name()));
        }
        return new RunRequest(
                text,
                file.name(),
                variables,
                vault.opened(),
                RunCommand.path(command.inventory),
                RunCommand.path(command.projectTarball),
                !command.controller.url.isBlank(),
                settings.options());
    }

    /** A virtual thread beside those of the sources: handing over an event is then no switch of the system's threads. */
    private static int onItsOwnThread(RulebookRun run) {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        Thread.ofVirtual().name("run").start(() -> {
            try {
                end.complete(run.run());
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        });
        try {
            return end.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }
}
