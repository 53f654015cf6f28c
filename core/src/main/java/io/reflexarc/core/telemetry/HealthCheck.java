// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.telemetry;

import io.vertx.core.Future;

/**
 * One dependency without which a role is not ready.
 *
 * @param name e.g. {@code postgres}
 * @param check completes when it answers
 */
public record HealthCheck(String name, java.util.function.Supplier<Future<?>> check) {}
