// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.api.endpoint.Constraint.Length;
import io.reflexarc.api.endpoint.Constraint.Says;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.activation.RestartPolicy;
import java.util.List;
import java.util.Optional;

/**
 * An activation to be made.
 *
 * @param name unique
 * @param description free text
 * @param isEnabled whether it should run; yes when left out
 * @param rulebookId the rulebook
 * @param rulebookVersion id of a version; the newest when left out
 * @param extraVar variables: an object, or YAML or JSON text of one
 * @param sourceMappings which stream stands in for which source
 * @param inventory Ansible inventory as text
 * @param executionStrategy used where a ruleset does not say; {@code sequential} when left out
 * @param restartPolicy when it starts again by itself; {@code on-failure} when left out
 */
public record ActivationInput(
        @Length(min = 1) String name,
        @Length(max = 4096) Optional<String> description,
        Optional<Boolean> isEnabled,
        long rulebookId,
        Optional<Long> rulebookVersion,
        @Says("An object, or YAML or JSON text of one.") Optional<JsonNode> extraVar,
        Optional<List<SourceMapping>> sourceMappings,
        @Length(max = 500_000) Optional<String> inventory,
        Optional<ExecutionStrategy> executionStrategy,
        Optional<RestartPolicy> restartPolicy) {

    /**
     * A stream that shall stand in for a source.
     *
     * @param sourceName name of the source in the rulebook
     * @param eventStreamId number of the stream
     */
    public record SourceMapping(@Length(min = 1) String sourceName, long eventStreamId) {}
}
