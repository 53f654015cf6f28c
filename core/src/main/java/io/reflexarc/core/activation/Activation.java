// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A rulebook kept running: configuration, and what it is doing.
 *
 * @param id number in the API
 * @param organization owner
 * @param name unique within the organization
 * @param description free text
 * @param enabled whether it should run
 * @param rulebookId the rulebook
 * @param rulebookVersion the version of it that decides
 * @param follows whether it gets what is published without naming activations
 * @param variables resolved variables, a JSON object
 * @param inventory Ansible inventory as text (YAML or INI); empty when no playbook is run
 * @param sources for each source of the rulebook, by its name, the stream that stands in for it
 * @param strategy used where a ruleset does not say
 * @param restartPolicy when it starts again by itself
 * @param status what it is doing
 * @param statusMessage why, in one sentence
 * @param restartCount how often it was started again
 * @param eventsSeen events decided on
 * @param rulesFired decisions made
 * @param createdAt when it was made
 * @param statusSince when the status last changed
 */
public record Activation(
        ActivationId id,
        long organization,
        String name,
        String description,
        boolean enabled,
        long rulebookId,
        long rulebookVersion,
        boolean follows,
        JsonText variables,
        Optional<String> inventory,
        Map<String, StreamId> sources,
        ExecutionStrategy strategy,
        RestartPolicy restartPolicy,
        ActivationStatus status,
        String statusMessage,
        int restartCount,
        long eventsSeen,
        long rulesFired,
        Instant createdAt,
        Instant statusSince) {
    public Activation {
        sources = Map.copyOf(sources);
    }
}
