// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.activation.FactsGatherer;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Facts of all hosts of an inventory, by Ansible's {@code setup}. A host that does not answer has no facts and keeps nobody from
 * starting; when no host answers, that is a mistake.
 */
public final class AnsibleFacts implements FactsGatherer {
    private static final Logger LOGGER = LoggerFactory.getLogger(AnsibleFacts.class);
    private static final String WHO = "gather_facts";
    private static final String FILE = "facts.yml";
    private static final String PLAYBOOK = """
            - name: gather facts
              hosts: all
              gather_facts: false
              tasks:
                - name: ask
                  ansible.builtin.setup:
            """;

    private final AnsibleConfig ansible;

    /** Asks with this Ansible. */
    public AnsibleFacts(AnsibleConfig ansible) {
        this.ansible = ansible;
    }

    /** Without any inventory there are no hosts to ask, which is worth a warning only, as in the original. */
    @Override
    public List<HostFacts> gather(Optional<String> inventory) throws InterruptedException {
        if (inventory.isEmpty() && ansible.inventory().isEmpty()) {
            LOGGER.atWarn().log("gather_facts is ignored: there is no inventory");
            return List.of();
        }
        ansible.missing(WHO).ifPresent(why -> {
            throw new ProblemException(ProblemType.INVALID, why);
        });
        AtomicReference<String> last = new AtomicReference<>("");
        try (RunnerDirectory directory = RunnerDirectory.create(ansible, inventory, WHO)) {
            directory.playbook(FILE, PLAYBOOK);
            AnsibleCall call = new AnsibleCall(FILE, JsonText.EMPTY_OBJECT, "all", 0, false);
            RunnerProcess process = RunnerProcess.start(
                    directory.command(call, FILE), line -> last.updateAndGet(before -> line.isBlank() ? before : line));
            int rc = process.await();
            List<HostFacts> said = said(directory.events().resultsOf("setup"));
            if (rc != 0) {
                judge(rc, said, last.get());
            }
            return said;
        } catch (IOException e) {
            throw new ProblemException(ProblemType.INVALID, WHO + " failed: " + e.getMessage(), e);
        }
    }

    private static void judge(int rc, List<HostFacts> said, String lastLine) {
        if (said.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    WHO + " failed (rc " + rc + "), no host of the inventory answered; Ansible's last words: "
                            + lastLine);
        }
        LOGGER.atWarn()
                .addKeyValue("answered", said.size())
                .addKeyValue("rc", rc)
                .log("not all hosts of the inventory told their facts");
    }

    private static List<HostFacts> said(Map<String, JsonText> results) {
        List<HostFacts> said = new ArrayList<>();
        results.forEach((host, result) -> {
            if (result.tree().path("ansible_facts") instanceof ObjectNode facts) {
                facts.set("meta", Json.mapper().createObjectNode().put("hosts", host));
                said.add(new HostFacts(host, JsonText.of(facts)));
            }
        });
        return said;
    }
}
