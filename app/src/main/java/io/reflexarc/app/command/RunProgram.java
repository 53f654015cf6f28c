// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.report.ReportLink;
import io.reflexarc.app.report.ReportObserver;
import io.reflexarc.app.report.Workload;
import io.reflexarc.app.report.WorkloadClient;
import io.reflexarc.app.report.WorkloadFiles;
import io.reflexarc.app.run.LazyVertx;
import io.reflexarc.app.run.RulebookRun;
import io.reflexarc.app.run.RunObserver;
import io.reflexarc.app.run.RunObservers;
import io.reflexarc.app.run.RunRequest;
import io.reflexarc.app.run.RunWorld;
import io.reflexarc.app.terminal.Terminal;
import io.reflexarc.app.terminal.TerminalObserver;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.source.SourceTime;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code reflexarc run} from the command line to the exit code. */
final class RunProgram {
    private static final Logger LOGGER = LoggerFactory.getLogger("reflexarc.run");
    private static final int FAILED = 1;

    private final RunCommand command;
    private final RunSettings settings;
    private final Terminal terminal;
    private final Signals signals = Signals.heard();
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    RunProgram(RunCommand command, Map<String, String> environment) {
        this.command = command;
        this.settings = new RunSettings(command, environment);
        this.terminal = Terminals.stdout(environment);
    }

    int run() {
        try (signals;
                LazyVertx vertx = new LazyVertx()) {
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
        return command.worker ? worker(vertx) : local(vertx);
    }

    private int local(LazyVertx vertx) {
        RulebookFile file = RulebookFile.find(command.rulebook, settings.environment());
        if (command.hotReload) {
            LOGGER.error("HOT-RELOAD: Hot-reload was requested, will monitor for rulebook file changes");
        }
        return observed(vertx, settings, Optional.of(file.path()), () -> settings.request(file.path(), file.name()));
    }

    private int worker(LazyVertx vertx) {
        About.log(settings.environment(), command.verbosity.length);
        LOGGER.info("Starting worker mode");
        try (WorkloadFiles files = WorkloadFiles.create()) {
            Workload workload = onItsOwnThread(
                    () -> WorkloadClient.fetch(vertx.get(), settings.link(random), files, time(), random));
            RunSettings told = settings.with(workload);
            return observed(vertx, told, Optional.empty(), () -> told.request(workload));
        }
    }

    /** With everybody who looks at it. */
    private int observed(LazyVertx vertx, RunSettings given, Optional<Path> watched, Supplier<RunRequest> request) {
        boolean printEvents = command.verbosity.length > 1 || given.on(command.printEvents, "EDA_PRINT_EVENTS");
        RunObserver shown = new TerminalObserver(terminal, printEvents, command.dryRun);
        RunWiring wiring = new RunWiring(command, given, terminal, vertx, random);
        try (ProjectTarball project = ProjectTarball.unpack(given.project())) {
            if (command.websocket.url.isBlank()) {
                return repeated(watched, request, wiring.world(Optional.empty(), project.directory()), shown);
            }
            var link = given.link(random);
            int bound = Math.max(1, command.limits.reports);
            ReportLink reports = new ReportLink(vertx.get(), link, bound, time(), random);
            try (reports) {
                boolean audit = !given.on(command.skipAuditEvents, "EDA_SKIP_AUDIT_EVENTS");
                ReportObserver reporter = new ReportObserver(reports::send, link.id(), Clock.systemUTC(), audit);
                RunWorld world = wiring.world(Optional.of(reporter::runnerEvent), project.directory());
                int code = repeated(watched, request, world, new RunObservers(List.of(shown, reporter)));
                return reports.failed() ? FAILED : code;
            }
        }
    }

    /** Again and again while the rulebook's file changes. */
    private int repeated(Optional<Path> watched, Supplier<RunRequest> request, RunWorld world, RunObserver observer) {
        while (true) {
            RulebookRun run = new RulebookRun(request.get(), world, observer);
            signals.stops(run);
            try (HotReload reload = HotReload.watch(watched.filter(file -> command.hotReload), run)) {
                int code = onItsOwnThread(run::run);
                if (!reload.changed() || signals.raised()) {
                    return code;
                }
            } finally {
                terminal.flush();
            }
            LOGGER.error("HOT-RELOAD! rules file changed, now restarting");
        }
    }

    private static SourceTime time() {
        return SourceTime.of(Clock.systemUTC());
    }

    /** A virtual thread beside those of the sources: handing over an event is then no switch of the system's threads. */
    private static <T> T onItsOwnThread(Callable<T> work) {
        CompletableFuture<T> end = new CompletableFuture<>();
        Thread.ofVirtual().name("run").start(() -> {
            try {
                end.complete(work.call());
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
            throw RunSettings.wrong("interrupted");
        }
    }
}
