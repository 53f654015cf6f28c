// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where this process finds Ansible and playbooks.
 *
 * @param runner the {@code ansible-runner} command; its directory is searched for {@code ansible-playbook} first
 * @param playbookRoots directories that playbooks may come from, the first one that has it wins
 * @param environment variables that Ansible sees; nothing else of this process's environment is passed on
 * @param inventory file or directory for activations that bring no inventory of their own; used where it is
 * @param events is told of every event of every run
 */
public record AnsibleConfig(
        Path runner,
        List<Path> playbookRoots,
        Map<String, String> environment,
        Optional<Path> inventory,
        RunnerEvents events) {
    /** Enough for an ansible-runner of a virtual environment. */
    public static final Map<String, String> PLAIN_ENVIRONMENT =
            Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG", "C.UTF-8");

    private static final String RUNNER = "ansible-runner";

    public AnsibleConfig {
        playbookRoots = List.copyOf(playbookRoots);
        environment = Map.copyOf(environment);
    }

    /** Nobody asks for events. */
    public AnsibleConfig(
            Path runner, List<Path> playbookRoots, Map<String, String> environment, Optional<Path> inventory) {
        this(runner, playbookRoots, environment, inventory, RunnerEvents.NONE);
    }

    /** Every activation brings its own inventory. */
    public AnsibleConfig(Path runner, List<Path> playbookRoots, Map<String, String> environment) {
        this(runner, playbookRoots, environment, Optional.empty(), RunnerEvents.NONE);
    }

    /** The {@code ansible-runner} of a search path; its bare name when there is none: the action then says what to install. */
    public static Path runnerIn(String searchPath) {
        return Arrays.stream(searchPath.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, RUNNER))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(RUNNER));
    }

    /** Why nothing can be run, when ansible-runner is not where it should be. */
    Optional<String> missing(String forWhom) {
        return Files.isExecutable(runner.toAbsolutePath())
                ? Optional.empty()
                : Optional.of(forWhom + " needs ansible-runner, and there is none at " + runner.toAbsolutePath()
                        + ": install it (pip install ansible-core ansible-runner) and configure its path");
    }
}
