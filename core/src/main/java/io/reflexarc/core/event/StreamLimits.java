// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.event;

import java.util.Optional;

/**
 * How much a stream takes; what is not given is as the ingress is configured.
 *
 * @param eventsPerSecond for long
 * @param burst events at once; twice the events of a second when only those are given
 * @param maxBodyBytes largest body of a request
 */
public record StreamLimits(Optional<Integer> eventsPerSecond, Optional<Integer> burst, Optional<Integer> maxBodyBytes) {
    /** All as the ingress is configured. */
    public static final StreamLimits DEFAULT = new StreamLimits(Optional.empty(), Optional.empty(), Optional.empty());
}
