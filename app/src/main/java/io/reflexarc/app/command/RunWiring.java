// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.run.LazyVertx;
import io.reflexarc.app.run.RunWorld;
import io.reflexarc.app.source.Python;
import io.reflexarc.app.terminal.Terminal;
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.source.SourceTime;
import io.reflexarc.core.source.YamlReading;
import io.reflexarc.plugins.ansible.AnsibleConfig;
import io.reflexarc.plugins.controller.Controller;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.reflexarc.plugins.outbound.OutboundPolicy;
import io.reflexarc.rulebooks.YamlDocument;
import io.vertx.core.Vertx;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What surrounds a run that the command line asks for: the machine it was called on, as whoever called it sees it. */
final class RunWiring {
    private static final String RUNNER = "ansible-runner";

    /** Whoever calls it may reach from here what they like. */
    private static final OutboundPolicy ANYWHERE = OutboundPolicy.PUBLIC_ONLY.allowing("0.0.0.0/0", "::/0");

    private final RunCommand command;
    private final Map<String, String> environment;
    private final Terminal terminal;
    private final LazyVertx vertx;

    RunWiring(RunCommand command, Map<String, String> environment, Terminal terminal, LazyVertx vertx) {
        this.command = command;
        this.environment = environment;
        this.terminal = terminal;
        this.vertx = vertx;
    }

    RunWorld world() {
        Path directory = Path.of("").toAbsolutePath();
        return new RunWorld(
                SourceTime.of(Clock.systemUTC()),
                ActionCatalogue.installed(),
                Python.plugins(environment, RunCommand.path(command.sourceDir), RunCommand.path(command.filterDir)),
                resources(directory),
                environment,
                directory,
                terminal::line,
                RandomGenerator.of("L64X128MixRandom"));
    }

    private Resources resources(Path directory) {
        AnsibleConfig ansible =
                new AnsibleConfig(runner(), List.of(directory), environment, RunCommand.path(command.inventory));
        return Resources.NONE
                .withLazy(Vertx.class, vertx)
                .withLazy(OutboundHttp.class, () -> new OutboundHttp(vertx.get(), ANYWHERE))
                .with(AnsibleConfig.class, ansible)
                .with(YamlReading.class, YamlDocument::read)
                .withLazy(
                        Controller.class,
                        () -> new Controller(
                                vertx.get(), command.controller.config(command.limits.jobs, environment), ANYWHERE));
    }

    /** The bare name when there is none: the action then says what to install. */
    private Path runner() {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, RUNNER))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(RUNNER));
    }
}
