// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.activation.RestartPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An activation as the API shows it.
 *
 * @param id number
 * @param name unique
 * @param description free text
 * @param isEnabled whether it should run
 * @param rulebookId the rulebook
 * @param rulebookName its name
 * @param rulebookVersion id of the version that decides
 * @param rulebookVersionNumber 1, 2, … within the rulebook
 * @param followsRulebook whether it gets what is published without naming activations
 * @param extraVar variables, a JSON object as text
 * @param sourceMappings which stream stands in for which source
 * @param inventory Ansible inventory as text
 * @param executionStrategy used where a ruleset does not say
 * @param restartPolicy when it starts again by itself
 * @param status what it is doing
 * @param statusMessage why
 * @param statusSince when the status last changed
 * @param rulesFiredCount decisions made
 * @param eventsSeenCount events decided on
 * @param restartCount how often it was started again
 * @param lag entries that wait in its inbox, as last reported; empty while nobody runs it
 * @param organizationId owner
 * @param createdAt when it was made
 */
public record ActivationView(
        long id,
        String name,
        String description,
        boolean isEnabled,
        long rulebookId,
        String rulebookName,
        long rulebookVersion,
        int rulebookVersionNumber,
        boolean followsRulebook,
        String extraVar,
        List<ActivationSource> sourceMappings,
        Optional<String> inventory,
        ExecutionStrategy executionStrategy,
        RestartPolicy restartPolicy,
        ActivationStatus status,
        String statusMessage,
        Instant statusSince,
        long rulesFiredCount,
        long eventsSeenCount,
        int restartCount,
        Optional<Long> lag,
        long organizationId,
        Instant createdAt) {
    public ActivationView {
        sourceMappings = List.copyOf(sourceMappings);
    }

    /**
     * A stream that stands in for a source.
     *
     * @param sourceName name of the source in the rulebook
     * @param eventStreamId number of the stream
     * @param eventStreamName its name
     */
    public record ActivationSource(String sourceName, long eventStreamId, String eventStreamName) {}
}
