// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.action.ActionContext;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt of a {@link RunPlaybook}, in a private data directory of ansible-runner that is gone afterwards. */
final class PlaybookRun {
    private static final Logger LOGGER = LoggerFactory.getLogger(PlaybookRun.class);
    private static final String IDENT = "run";

    /** A pattern of hosts; not {@code @file}, which Ansible would read, nor an option. */
    private static final Pattern HOST = Pattern.compile("[^@\\-\\s,\\p{Cntrl}][^\\s,\\p{Cntrl}]*");

    private final RunPlaybook playbook;
    private final ActionContext context;
    private final AnsibleConfig ansible;

    PlaybookRun(RunPlaybook playbook, ActionContext context) {
        this.playbook = playbook;
        this.context = context;
        this.ansible = context.resource(AnsibleConfig.class);
    }

    ActionOutcome run() throws IOException, InterruptedException {
        Path runner = ansible.runner().toAbsolutePath();
        if (!Files.isExecutable(runner)) {
            return ActionOutcome.Failed.permanent("run_playbook needs ansible-runner, and there is none at " + runner
                    + ": install it (pip install ansible-core ansible-runner) and configure its path");
        }
        String limit = limit(context.hosts());
        Path directory = Files.createTempDirectory("reflexarc-playbook-");
        try {
            String name = prepare(directory);
            RunnerProcess process =
                    RunnerProcess.start(command(runner, directory, name, limit), line -> context.print(line + "\n"));
            return judge(
                    process.await(), JobEvents.in(directory.resolve("artifacts").resolve(IDENT)));
        } finally {
            delete(directory);
        }
    }

    /** Ansible's {@code --limit}. One entry may hold several hosts, as in {@code hosts: web1,web2}. */
    static String limit(List<String> hosts) {
        List<String> single = hosts.stream()
                .flatMap(entry -> Stream.of(entry.split(",", -1)))
                .map(String::strip)
                .toList();
        if (single.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID, "there are no hosts to run the playbook on: the event's meta.hosts is empty");
        }
        for (String host : single) {
            if (!HOST.matcher(host).matches()) {
                throw new ProblemException(ProblemType.INVALID, "\"" + host + "\" is no host or pattern of hosts");
            }
        }
        return String.join(",", single);
    }

    private String prepare(Path directory) throws IOException {
        String inventory = context.inventory()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID, "run_playbook needs an inventory: give the activation one"));
        Path project = Files.createDirectories(directory.resolve("project"));
        Path env = Files.createDirectories(directory.resolve("env"));
        Files.writeString(
                Files.createDirectories(directory.resolve("inventory")).resolve("hosts"), inventory);
        Files.writeString(env.resolve("extravars"), UnsafeYaml.of(variables()));
        return new PlaybookFiles(ansible.playbookRoots())
                .prepare(playbook.name(), playbook.copyFiles().orElse(true), project);
    }

    private ObjectNode variables() {
        ObjectNode variables = Json.mapper().createObjectNode();
        playbook.extraVars().ifPresent(vars -> variables.setAll((ObjectNode) vars.tree()));
        variables.set("ansible_eda", context.matched().tree());
        return variables;
    }

    private ProcessBuilder command(Path runner, Path directory, String name, String limit) {
        List<String> words = new ArrayList<>(List.of(
                runner.toString(),
                "run",
                directory.toString(),
                "--playbook=" + name,
                "--ident=" + IDENT,
                "--limit=" + limit));
        playbook.verbosity().filter(v -> v > 0).ifPresent(v -> words.add("-" + "v".repeat(v)));
        if (playbook.jsonMode().orElse(false)) {
            words.add("--json");
        }
        ProcessBuilder command = new ProcessBuilder(words).directory(directory.toFile());
        Map<String, String> environment = command.environment();
        environment.clear();
        environment.putAll(ansible.environment());
        String path = ansible.environment().getOrDefault("PATH", "/usr/bin:/bin");
        environment.put("PATH", Optional.ofNullable(runner.getParent()).orElseThrow() + ":" + path);
        environment.put("ANSIBLE_NOCOLOR", "1");
        environment.put("PYTHONUNBUFFERED", "1");
        return command;
    }

    private ActionOutcome judge(int rc, JobEvents events) throws IOException {
        ObjectNode result = Json.mapper()
                .createObjectNode()
                .put("playbook", playbook.name())
                .put("rc", rc);
        events.recap().ifPresent(recap -> {
            ObjectNode counts = result.putObject("recap");
            for (String name : List.of("ok", "changed", "failures", "dark", "skipped", "rescued", "ignored")) {
                counts.set(name, recap.path(name));
            }
        });
        if (rc != 0) {
            String reason = "the playbook " + playbook.name() + " failed (rc " + rc + "): see its output";
            return new ActionOutcome.Failed(reason, true, Optional.empty(), JsonText.of(result));
        }
        Optional<JsonText> found = playbook.feedsBack() ? events.lastArtefact() : Optional.empty();
        if (playbook.feedsBack() && found.isEmpty()) {
            String warning = "the playbook set nothing with set_fact or set_stats, so there is nothing to send back";
            context.print("[warning] " + warning + "\n");
            result.put("warning", warning);
        }
        return new ActionOutcome.Succeeded(JsonText.of(result), found);
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOGGER.atWarn()
                    .addKeyValue("directory", directory)
                    .setCause(e)
                    .log("directory of a playbook was not deleted");
        }
    }
}
