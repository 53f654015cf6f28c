// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/**
 * A request whose body is there.
 *
 * @param endpoint path it was sent to
 * @param headers as they came
 * @param body as it came
 * @param receivedAt when its head arrived
 */
record Arrival(String endpoint, MultiMap headers, Buffer body, Instant receivedAt) {}
