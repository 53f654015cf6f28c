// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.app.report.Link;
import io.reflexarc.app.report.Workload;
import io.reflexarc.app.run.RunRequest;
import io.reflexarc.app.vault.Vault;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.problem.UnreadableFile;
import io.reflexarc.engine.template.PythonText;
import io.reflexarc.engine.template.TemplateContext;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.VariablesParser;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What the command line says, in the words of a run.
 *
 * @param command its options
 * @param environment of the process, and what a workload adds to it
 * @param controller where job templates run
 * @param passwords of the vault that came with a workload
 * @param project tarball with playbooks
 */
record RunSettings(
        RunCommand command,
        Map<String, String> environment,
        ControllerOptions controller,
        List<JsonNode> passwords,
        Optional<Path> project) {
    RunSettings(RunCommand command, Map<String, String> environment) {
        this(command, environment, command.controller, List.of(), RunCommand.path(command.projectTarball));
    }

    /** The same with what a workload says. */
    RunSettings with(Workload workload) {
        Map<String, String> more = new HashMap<>(environment);
        var rendered = new Templates()
                .render(
                        workload.environment(),
                        new TemplateContext(workload.variables().tree(), Map.of(), 0));
        rendered.tree().properties().forEach(field -> more.put(field.getKey(), PythonText.str(field.getValue())));
        return new RunSettings(
                command,
                more,
                controller.or(workload.controller()),
                workload.passwords(),
                workload.project().or(() -> project));
    }

    /** A switch that the environment may turn on. */
    boolean on(boolean option, String variable) {
        return RunCommand.on(option, environment, variable);
    }

    /** The other end of the worker protocol. */
    Link link(RandomGenerator random) {
        String id = command.id.isBlank() ? new UUID(random.nextLong(), random.nextLong()).toString() : command.id;
        WebsocketOptions given = command.websocket;
        return new Link(
                URI.create(given.url),
                given.sslVerify,
                ControllerOptions.given(given.accessToken).map(Secret::new),
                ControllerOptions.given(given.refreshToken).map(Secret::new),
                ControllerOptions.given(given.tokenUrl).map(URI::create),
                id);
    }

    /** A rulebook of a file, with the variables of the command line. */
    RunRequest request(Path file, String name) {
        return request(read(file, "Rulebook file"), name, variables(), RunCommand.path(command.inventory));
    }

    /** A rulebook that came over the websocket. Inventories do not. */
    RunRequest request(Workload workload) {
        return request(workload.rulebook(), "rulebook.yml", workload.variables(), Optional.empty());
    }

    private RunRequest request(String text, String name, JsonText closed, Optional<Path> inventory) {
        Vault vault = vault();
        JsonText variables = vault.open(closed);
        if (Vault.isClosed(text)) {
            vault.open(new RulebookParser(Set.of(), (template, unused) -> template).json(text, name));
        }
        return new RunRequest(
                text, name, variables, vault.opened(), inventory, project, !controller.url.isBlank(), options());
    }

    RunRequest.Options options() {
        return new RunRequest.Options(
                command.strategy(),
                Duration.ofMillis(Math.round(command.shutdownDelay * 1000)),
                Duration.ofSeconds(command.heartbeat),
                command.limits.concurrency(),
                command.dryRun);
    }

    /** The file first, then variables of the environment, which are strings and win. */
    JsonText variables() {
        ObjectNode variables = Json.mapper().createObjectNode();
        RunCommand.path(command.vars)
                .ifPresent(file -> variables.setAll(
                        (ObjectNode) VariablesParser.parse(read(file, "Variables file"), file.toString())
                                .tree()));
        for (String name : command.envVars.split(",", -1)) {
            if (!name.isBlank()) {
                variables.put(
                        name.strip(),
                        Optional.ofNullable(environment.get(name.strip()))
                                .orElseThrow(
                                        () -> wrong("Could not find environment variable '" + name.strip() + "'")));
            }
        }
        return JsonText.of(variables);
    }

    static String read(Path file, String what) {
        if (!Files.exists(file)) {
            throw wrong(what + " not found: " + file);
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.INVALID, what + " " + UnreadableFile.sentence(file, e), e);
        }
    }

    /** The vault with the keys that the options name. */
    Vault vault() {
        List<String> options = new ArrayList<>();
        if (command.vault.ask) {
            options.add("--vault-password-file");
            options.add(secretFile(ask()).toString());
        }
        RunCommand.path(command.vault.passwordFile).ifPresent(file -> {
            requireFile(file, "Vault password file");
            options.add("--vault-password-file");
            options.add(file.toString());
        });
        for (String id : command.vault.ids) {
            int at = id.indexOf('@');
            requireFile(Path.of(at < 0 ? id : id.substring(at + 1)), "Vault ID file");
            options.add("--vault-id");
            options.add(id);
        }
        for (JsonNode password : passwords) {
            if (password.path("type").asText().equals("VaultPassword")) {
                options.add("--vault-id");
                options.add(password.path("label").asText() + "@"
                        + secretFile(password.path("password").asText()));
            }
        }
        return new Vault(options, environment);
    }

    private static void requireFile(Path file, String what) {
        if (!Files.exists(file)) {
            throw wrong(what + " not found: " + file);
        }
    }

    private static String ask() {
        Console console = Optional.ofNullable(System.console())
                .orElseThrow(() -> wrong("--ask-vault-pass needs a terminal; use --vault-password-file without one"));
        char[] typed = console.readPassword("Vault password: ");
        return typed == null ? "" : new String(typed);
    }

    /** A file that only we can read and that goes with the process. */
    static Path secretFile(String secret) {
        try {
            Path file = Files.createTempFile(
                    "reflexarc-",
                    ".vaultpw",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            file.toFile().deleteOnExit();
            return Files.writeString(file, secret);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.INVALID, "a temporary file could not be written: " + e.getMessage(), e);
        }
    }

    static ProblemException wrong(String sentence) {
        return new ProblemException(ProblemType.INVALID, sentence);
    }
}
