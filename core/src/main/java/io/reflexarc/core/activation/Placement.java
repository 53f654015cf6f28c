// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.ActivationId;
import java.util.Map;
import java.util.Set;

/**
 * Who runs activations, and which.
 *
 * @param processes that run activations now, by name
 * @param owners of the leases that are good now
 */
public record Placement(Set<String> processes, Map<ActivationId, String> owners) {
    public Placement {
        processes = Set.copyOf(processes);
        owners = Map.copyOf(owners);
    }
}
