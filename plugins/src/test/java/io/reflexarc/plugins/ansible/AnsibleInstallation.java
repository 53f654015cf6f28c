// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.plugins.RecordedContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A real ansible-runner in a virtual environment below {@code target}; tests are skipped where none can be made. */
final class AnsibleInstallation {
    static final Path HERE = Path.of("src/test/ansible");

    static final String INVENTORY = """
            all:
              hosts:
                here:
                  ansible_connection: local
                  ansible_python_interpreter: "{{ ansible_playbook_python }}"
                other:
                  ansible_connection: local
            """;

    private final AnsibleConfig config;

    private AnsibleInstallation(AnsibleConfig config) {
        this.config = config;
    }

    static AnsibleInstallation make() throws IOException, InterruptedException {
        Process made = new ProcessBuilder(HERE.resolve("venv.sh").toString(), "target/ansible-venv")
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assumeTrue(made.waitFor() == 0, "no virtual environment with ansible-runner: " + said);
        Path runner = Path.of(said.substring(said.lastIndexOf('\n') + 1));
        return new AnsibleInstallation(new AnsibleConfig(
                runner, List.of(HERE.resolve("playbooks").toAbsolutePath()), AnsibleConfig.PLAIN_ENVIRONMENT));
    }

    AnsibleConfig config() {
        return config;
    }

    /** The context of an attempt on the host {@code here}, with these matched events. */
    RecordedContext context(JsonText matched) {
        ActionTask task = RecordedContext.task(matched.toString(), List.of("here"));
        return new RecordedContext(task, 1, Optional.of(INVENTORY), Resources.NONE.with(AnsibleConfig.class, config));
    }
}
