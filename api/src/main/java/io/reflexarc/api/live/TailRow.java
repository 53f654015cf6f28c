// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import java.time.Instant;
import java.util.UUID;

/**
 * An event that just arrived, without its payload.
 *
 * @param id of the event
 * @param at when it was received
 * @param streamId of its stream
 * @param stream name of its stream
 * @param subject a short text, e.g. the alert's name
 * @param size bytes
 */
public record TailRow(String id, Instant at, UUID streamId, String stream, String subject, int size) {}
