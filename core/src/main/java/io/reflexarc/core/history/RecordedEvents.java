// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.history;

/**
 * What is kept of events that arrived.
 *
 * @param streams which streams there are
 * @param live what the log still holds
 * @param archive what has left it
 * @param fields what is known of their fields
 */
public record RecordedEvents(RecordedStreams streams, EventHistory live, EventArchive archive, FieldStore fields) {}
