// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.app.file.TemporaryDirectory;
import io.reflexarc.app.run.LazyVertx;
import io.reflexarc.app.run.RulebookRun;
import io.reflexarc.app.run.RunRequest;
import io.reflexarc.app.run.RunWorld;
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.VirtualTime;
import io.reflexarc.core.source.YamlReading;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.plugins.ansible.AnsibleConfig;
import io.reflexarc.rulebooks.ParseResult;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.YamlDocument;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;

/**
 * Runs the whole rulebook of a case as {@code reflexarc run} would, in virtual time and in a directory of its own, and
 * notes what it does.
 */
final class ActionRunner {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int STARTED_NOT = 1;
    private static final String INVENTORY = "inventory.yml";
    private static final String ONE_LOCAL_HOST = "all:\n  hosts:\n    localhost:\n      ansible_connection: local\n";

    private final ActionCatalogue catalogue = ActionCatalogue.installed();
    private final RulebookParser parser = new RulebookParser(catalogue.names(), new Templates()::text);
    private final Optional<Path> ansible;

    /**
     * A runner of actions.
     *
     * @param ansible the {@code ansible-runner} of this machine
     */
    ActionRunner(Optional<Path> ansible) {
        this.ansible = ansible;
    }

    /** What is missing here to run a case; empty when nothing is. */
    Optional<String> missing(RecordedCase recorded) {
        return RunnerStandIn.needsAnsible(recorded) && ansible.isEmpty()
                ? Optional.of("its verdict hangs on what a playbook does, and there is no ansible-runner in PATH")
                : Optional.empty();
    }

    /** What it does. */
    ActionNotes play(RecordedCase recorded) throws InterruptedException {
        try (TemporaryDirectory temporary = TemporaryDirectory.create("conformance");
                LazyVertx vertx = new LazyVertx()) {
            Path directory = temporary.path();
            files(recorded, directory);
            RunnerStandIn runner =
                    RunnerStandIn.in(directory, ansible.filter(path -> RunnerStandIn.needsAnsible(recorded)));
            ActionNotes notes = new ActionNotes(rulebook(recorded));
            notes.exit(run(recorded, directory.resolve("work"), runner, vertx, notes));
            runner.runs().forEach(notes::ran);
            return notes;
        }
    }

    private int run(RecordedCase recorded, Path work, RunnerStandIn runner, LazyVertx vertx, ActionNotes notes)
            throws InterruptedException {
        try {
            CaseArguments arguments = CaseArguments.of(recorded);
            Map<String, String> environment = new LinkedHashMap<>(AnsibleConfig.PLAIN_ENVIRONMENT);
            environment.putAll(arguments.environment());
            Optional<Path> inventory = recorded.all().path("inventory").asBoolean(false)
                    ? Optional.of(work.resolve(INVENTORY))
                    : Optional.empty();
            var ansibleHere = new AnsibleConfig(runner.command(), List.of(work), environment, inventory);
            RunWorld world = new RunWorld(
                    new VirtualTime(START),
                    catalogue,
                    PluginPath.NONE,
                    Resources.NONE
                            .withLazy(Vertx.class, vertx)
                            .with(AnsibleConfig.class, ansibleHere)
                            .with(YamlReading.class, YamlDocument::read),
                    arguments.environment(),
                    work,
                    shown -> {},
                    RandomGeneratorFactory.of("L64X128MixRandom")
                            .create(recorded.id().hashCode()));
            RunRequest request = new RunRequest(
                    recorded.rulebook(),
                    "rulebook.yml",
                    arguments.variables(recorded.variables()),
                    Map.of(),
                    inventory,
                    Optional.empty(),
                    false,
                    arguments.options());
            return new RulebookRun(request, world, notes).run();
        } catch (ProblemException e) {
            return STARTED_NOT;
        }
    }

    /** Without rulesets where it is refused: nothing runs then. */
    private Rulebook rulebook(RecordedCase recorded) {
        return switch (parser.check(recorded.rulebook(), recorded.variables())) {
            case ParseResult.Loaded loaded -> loaded.rulebook();
            case ParseResult.Refused refused -> new Rulebook(List.of());
        };
    }

    private static void files(RecordedCase recorded, Path directory) {
        Path work = directory.resolve("work");
        try {
            Files.createDirectory(work);
            Files.writeString(work.resolve(INVENTORY), ONE_LOCAL_HOST);
            for (Map.Entry<String, JsonNode> file : recorded.all().path("files").properties()) {
                Path path = work.resolve(file.getKey()).normalize();
                if (!path.startsWith(work)) {
                    throw new IllegalArgumentException("a file of the case lies outside: " + file.getKey());
                }
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue().asText());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
