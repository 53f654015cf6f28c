// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.List;
import java.util.Optional;

/** Asks the hosts of an inventory what they are, before the first event of a ruleset with {@code gather_facts}. */
@FunctionalInterface
public interface FactsGatherer {
    /** Cannot. */
    FactsGatherer NONE = inventory -> {
        throw new ProblemException(ProblemType.INVALID, "gather_facts needs Ansible, which this process does not have");
    };

    /**
     * Facts of all hosts that answer. Blocks a virtual thread.
     *
     * @param inventory as text; empty for the process's own
     * @throws ProblemException {@code INVALID} says what is missing, or why no host answered
     */
    List<HostFacts> gather(Optional<String> inventory) throws InterruptedException;

    /**
     * What one host said.
     *
     * @param host as the inventory calls it
     * @param facts a JSON object, with {@code meta.hosts} the host
     */
    record HostFacts(String host, JsonText facts) {}
}
