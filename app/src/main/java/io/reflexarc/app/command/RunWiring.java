// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.run.LazyVertx;
import io.reflexarc.app.run.RunWorld;
import io.reflexarc.app.source.Python;
import io.reflexarc.app.terminal.Terminal;
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.activation.FactsGatherer;
import io.reflexarc.core.source.SourceTime;
import io.reflexarc.core.source.YamlReading;
import io.reflexarc.plugins.ansible.AnsibleConfig;
import io.reflexarc.plugins.ansible.AnsibleFacts;
import io.reflexarc.plugins.ansible.RunnerEvents;
import io.reflexarc.plugins.controller.Controller;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.reflexarc.plugins.outbound.OutboundPolicy;
import io.reflexarc.rulebooks.YamlDocument;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What surrounds a run that the command line asks for: the machine it was called on, as whoever called it sees it. */
final class RunWiring {
    /** Whoever calls it may reach from here what they like. */
    private static final OutboundPolicy ANYWHERE = OutboundPolicy.PUBLIC_ONLY.allowing("0.0.0.0/0", "::/0");

    private final RunCommand command;
    private final RunSettings settings;
    private final Terminal terminal;
    private final LazyVertx vertx;
    private final RandomGenerator random;

    RunWiring(RunCommand command, RunSettings settings, Terminal terminal, LazyVertx vertx, RandomGenerator random) {
        this.command = command;
        this.settings = settings;
        this.terminal = terminal;
        this.vertx = vertx;
        this.random = random;
    }

    /**
     * The world of a run.
     *
     * @param events somebody who wants to know what ansible-runner writes down
     * @param project directory with playbooks that come before those of the current one
     */
    RunWorld world(Optional<RunnerEvents> events, Optional<Path> project) {
        Path directory = Path.of("").toAbsolutePath();
        return new RunWorld(
                SourceTime.of(Clock.systemUTC()),
                ActionCatalogue.installed(),
                Python.plugins(
                        settings.environment(), RunCommand.path(command.sourceDir), RunCommand.path(command.filterDir)),
                resources(directory, events.orElse(RunnerEvents.NONE), project),
                settings.environment(),
                directory,
                terminal::line,
                random);
    }

    private Resources resources(Path directory, RunnerEvents events, Optional<Path> project) {
        // Relative playbooks are those of the directory; an absolute path may lead anywhere, as its user may
        List<Path> roots = Stream.concat(project.stream(), Stream.of(directory, Path.of("/")))
                .toList();
        Map<String, String> environment = settings.environment();
        AnsibleConfig ansible = new AnsibleConfig(
                AnsibleConfig.runnerIn(environment.getOrDefault("PATH", "")),
                roots,
                environment,
                RunCommand.path(command.inventory),
                events);
        return Resources.NONE
                .withLazy(Vertx.class, vertx)
                .withLazy(OutboundHttp.class, () -> new OutboundHttp(vertx.get(), ANYWHERE))
                .with(AnsibleConfig.class, ansible)
                .with(YamlReading.class, YamlDocument::read)
                .with(FactsGatherer.class, new AnsibleFacts(ansible))
                .withLazy(
                        Controller.class,
                        () -> new Controller(
                                vertx.get(), settings.controller().config(command.limits.jobs, environment), ANYWHERE));
    }
}
