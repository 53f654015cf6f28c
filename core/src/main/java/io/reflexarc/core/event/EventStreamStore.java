// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.event;

import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configuration of event streams. Credentials are encrypted at rest. */
public interface EventStreamStore {
    /** Creates a stream; {@code CONFLICT} when the name is taken. */
    Future<EventStream> create(NewStream stream);

    /** Replaces name, type, credentials, limits and the enabled switch. */
    Future<EventStream> update(EventStream stream);

    /** By number. */
    Future<Optional<EventStream>> find(long id);

    /** By the identity in its URL; the ingress caches the answer for a short time. */
    Future<Optional<EventStream>> find(StreamId uuid);

    /** One page, ordered by id; {@code request.filter("name")} is a case-insensitive part of the name. */
    Future<Page<EventStream>> list(PageRequest request);

    /** Deletes; {@code CONFLICT} while an activation uses it. */
    Future<Void> delete(long id);

    /** Adds to the counters of a stream. */
    Future<Void> count(StreamId uuid, long events, Instant last);

    /** Adds to the answers of a stream, by HTTP status. */
    Future<Void> answered(StreamId uuid, Map<Integer, Long> requests, Instant last);

    /** How the requests of a stream were answered so far, ordered by status. */
    Future<List<Answered>> answers(StreamId uuid);

    /**
     * Requests that got the same answer.
     *
     * @param status HTTP status
     * @param requests how many
     * @param last when the newest of them was answered
     */
    record Answered(int status, long requests, Instant last) {}

    /**
     * What is needed to create a stream.
     *
     * @param organization owner
     * @param name unique within the organization
     * @param type decides how a body becomes events
     * @param credential how senders prove themselves
     * @param limits how much it takes
     */
    record NewStream(
            long organization, String name, StreamType type, StreamCredential credential, StreamLimits limits) {
        /** With the limits of the ingress. */
        public NewStream(long organization, String name, StreamType type, StreamCredential credential) {
            this(organization, name, type, credential, StreamLimits.DEFAULT);
        }
    }
}
