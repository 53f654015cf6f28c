// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.rulebooks.VariablesParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stands where {@code ansible-runner} would, and writes down what it is given. It starts no Ansible, unless the verdict hangs
 * on what a playbook does: then it goes on as the real one.
 */
final class RunnerStandIn {
    /** The playbook around a single module. */
    private static final String OUR_WRAPPER = "wrapper.yml";

    private static final String WRAPPER = "<tmp>/wrapper.yml";

    private final Path records;
    private final Path command;

    private RunnerStandIn(Path records, Path command) {
        this.records = records;
        this.command = command;
    }

    /** In a directory, in front of the real one where that is needed. */
    static RunnerStandIn in(Path directory, Optional<Path> real) {
        Path records = directory.resolve("runs");
        Path command = directory.resolve("ansible-runner");
        String then = real.map(path -> "PATH=\"" + path.getParent() + ":$PATH\" exec \"" + path + "\" \"$@\"")
                .orElse("exit 0");
        String script = """
                #!/bin/sh
                i=0
                while [ -e "%1$s/$i.args" ]; do i=$((i+1)); done
                printf '%%s\\n' "$@" > "%1$s/$i.args"
                cat "$2/env/extravars" > "%1$s/$i.vars"
                %2$s
                """.formatted(records, then);
        try {
            Files.createDirectory(records);
            Files.writeString(command, script);
            Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RunnerStandIn(records, command);
    }

    /** Whether a playbook's exit code or data decide what was recorded. */
    static boolean needsAnsible(RecordedCase recorded) {
        for (JsonNode report : recorded.expected().path("reports")) {
            if (report.path("rc").asInt(0) != 0) {
                return true;
            }
        }
        boolean runs = recorded.expected().path("runs").size() > 0;
        return runs && recorded.rulebook().matches("(?s).*\\b(?:set_facts|post_events): *(?:true|yes|on)\\b.*");
    }

    Path command() {
        return command;
    }

    /** What it was given, run by run. */
    List<ObjectNode> runs() {
        List<ObjectNode> runs = new ArrayList<>();
        try {
            for (int i = 0; Files.exists(records.resolve(i + ".args")); i++) {
                runs.add(run(
                        Files.readAllLines(records.resolve(i + ".args")),
                        Files.readString(records.resolve(i + ".vars"))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return runs;
    }

    private ObjectNode run(List<String> words, String variables) {
        ObjectNode run = Json.mapper().createObjectNode();
        String playbook = option(words, "--playbook=");
        run.put("playbook", playbook.equals(OUR_WRAPPER) ? WRAPPER : playbook);
        run.set("extravars", variables(variables));
        run.put("limit", option(words, "--limit="));
        run.put(
                "verbosity",
                words.stream()
                        .filter(word -> word.matches("-v+"))
                        .mapToInt(word -> word.length() - 1)
                        .sum());
        run.put("json_mode", words.contains("--json"));
        return run;
    }

    private static String option(List<String> words, String name) {
        return words.stream()
                .filter(word -> word.startsWith(name))
                .map(word -> word.substring(name.length()))
                .findFirst()
                .orElse("");
    }

    /** The variables are YAML whose strings are tagged for Ansible; the tags stand outside of the quotes. */
    private static JsonNode variables(String yaml) {
        StringBuilder plain = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < yaml.length(); i++) {
            char c = yaml.charAt(i);
            if (quoted && c == '\\') {
                plain.append(c).append(yaml.charAt(++i));
                continue;
            }
            quoted ^= c == '"';
            if (!quoted && yaml.startsWith("!unsafe ", i)) {
                i += "!unsafe ".length() - 1;
            } else {
                plain.append(c);
            }
        }
        try {
            return VariablesParser.parse(plain.toString()).tree();
        } catch (ProblemException e) {
            return Json.mapper().createObjectNode().put("not readable", yaml);
        }
    }
}
