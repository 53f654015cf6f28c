// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.ActivationId;
import java.time.Instant;

/**
 * The right to run an activation until a time.
 *
 * @param activation what is run
 * @param owner name of the process
 * @param epoch grows by one with every new owner; guards every commit
 * @param until end, by PostgreSQL's clock
 */
public record Lease(ActivationId activation, String owner, long epoch, Instant until) {}
