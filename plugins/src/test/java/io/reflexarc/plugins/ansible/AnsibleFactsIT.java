// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.activation.FactsGatherer.HostFacts;
import io.reflexarc.core.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnsibleFactsIT {
    private static AnsibleInstallation ansible;

    @BeforeAll
    static void makeVirtualEnvironment() throws IOException, InterruptedException {
        ansible = AnsibleInstallation.make();
    }

    @Test
    void asksEveryHostThatAnswers() throws InterruptedException {
        String inventory = AnsibleInstallation.INVENTORY.replace(
                "other:\n      ansible_connection: local", "other:\n      ansible_connection: none_such");

        List<HostFacts> facts = new AnsibleFacts(ansible.config()).gather(Optional.of(inventory));

        assertThat(facts).extracting(HostFacts::host).containsExactly("here");
        assertThat(facts.getFirst().facts().object())
                .containsEntry("ansible_system", System.getProperty("os.name"))
                .containsEntry("meta", Map.of("hosts", "here"));
    }

    @Test
    void saysWhatIsMissing() throws InterruptedException {
        AnsibleConfig none = new AnsibleConfig(Path.of("/none"), List.of(), Map.of());

        assertThat(new AnsibleFacts(none).gather(Optional.empty())).isEmpty();
        assertThatThrownBy(() -> new AnsibleFacts(none).gather(Optional.of("localhost")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("gather_facts needs ansible-runner, and there is none at /none");
        assertThatThrownBy(() ->
                        new AnsibleFacts(ansible.config()).gather(Optional.of("web1 ansible_connection=none_such\n")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no host of the inventory answered");
    }
}
