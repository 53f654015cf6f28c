// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A private data directory of ansible-runner for one run; closing it deletes it. */
final class RunnerDirectory implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RunnerDirectory.class);
    private static final String IDENT = "run";

    private final AnsibleConfig ansible;
    private final Path directory;
    private final Optional<Path> inventory;

    private RunnerDirectory(AnsibleConfig ansible, Path directory, Optional<Path> inventory) {
        this.ansible = ansible;
        this.directory = directory;
        this.inventory = inventory;
    }

    /** With an inventory given as text, else with the process's own. */
    static RunnerDirectory create(AnsibleConfig ansible, Optional<String> inventory, String forWhom)
            throws IOException {
        if (inventory.isEmpty() && ansible.inventory().isEmpty()) {
            throw new ProblemException(ProblemType.INVALID, forWhom + " needs an inventory: give the activation one");
        }
        Path directory = Files.createTempDirectory("reflexarc-ansible-");
        try {
            Files.createDirectories(directory.resolve("project"));
            Files.createDirectories(directory.resolve("env"));
            Path own = Files.createDirectories(directory.resolve("inventory"));
            if (inventory.isPresent()) {
                Files.writeString(own.resolve("hosts"), inventory.get());
            }
            // One given as a path stays where it is, with the group_vars and host_vars beside it
            Optional<Path> path = inventory.isPresent() ? Optional.empty() : ansible.inventory();
            return new RunnerDirectory(ansible, directory, path);
        } catch (IOException e) {
            delete(directory);
            throw e;
        }
    }

    /** Where playbooks go. */
    Path project() {
        return directory.resolve("project");
    }

    void playbook(String file, String text) throws IOException {
        Files.writeString(project().resolve(file), text);
    }

    /** Variables of the run, every text in them marked unsafe. */
    void variables(JsonText variables) throws IOException {
        Files.writeString(directory.resolve("env").resolve("extravars"), UnsafeYaml.of(variables.tree()));
    }

    /** What ansible-runner wrote down. */
    JobEvents events() throws IOException {
        return JobEvents.in(directory.resolve("artifacts").resolve(IDENT));
    }

    /** The command, which carries a mark of this run to all that it starts. */
    ProcessBuilder command(AnsibleCall call, String playbook) {
        Path runner = ansible.runner().toAbsolutePath();
        List<String> words = new ArrayList<>(List.of(
                runner.toString(),
                "run",
                directory.toString(),
                "--playbook=" + playbook,
                "--ident=" + IDENT,
                "--limit=" + call.limit()));
        inventory.ifPresent(path -> words.add("--inventory=" + path.toAbsolutePath()));
        if (call.verbosity() > 0) {
            words.add("-" + "v".repeat(call.verbosity()));
        }
        if (call.jsonMode()) {
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
        environment.put(ProcessTree.MARK, directory.toString());
        return command;
    }

    @Override
    public void close() {
        delete(directory);
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOGGER.atWarn().addKeyValue("directory", directory).setCause(e).log("directory of a run was not deleted");
        }
    }
}
