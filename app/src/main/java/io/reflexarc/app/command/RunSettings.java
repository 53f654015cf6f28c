// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.app.run.RunRequest;
import io.reflexarc.app.vault.Vault;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.rulebooks.VariablesParser;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the command line says, in the words of a run. */
final class RunSettings {
    private final RunCommand command;
    private final Map<String, String> environment;

    RunSettings(RunCommand command, Map<String, String> environment) {
        this.command = command;
        this.environment = environment;
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
                .ifPresent(file -> variables.setAll((ObjectNode)
                        VariablesParser.parse(read(file, "Variables file")).tree()));
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
        if (!Files.isRegularFile(file)) {
            throw wrong(what + " not found: " + file);
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.INVALID, what + " cannot be read: " + file + ": " + e.getMessage(), e);
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
