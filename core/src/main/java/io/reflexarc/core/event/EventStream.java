// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.event;

import io.reflexarc.core.id.StreamId;
import java.time.Instant;
import java.util.Optional;

/**
 * A named, authenticated place where events arrive.
 *
 * @param id number of the resource in the API
 * @param uuid identity in the ingress URL
 * @param organization owner
 * @param name unique within the organization
 * @param type decides how a body becomes events
 * @param credential how senders prove themselves
 * @param enabled a disabled stream answers 404
 * @param createdAt when it was made
 * @param eventsReceived events accepted so far, from the last time the count was written
 * @param lastEventAt when the newest event was accepted
 * @param limits how much it takes
 * @param previous the credential before the last rotation, while it is good
 */
public record EventStream(
        long id,
        StreamId uuid,
        long organization,
        String name,
        StreamType type,
        StreamCredential credential,
        boolean enabled,
        Instant createdAt,
        long eventsReceived,
        Optional<Instant> lastEventAt,
        StreamLimits limits,
        Optional<Previous> previous) {
    /** Without an older credential. */
    public EventStream(
            long id,
            StreamId uuid,
            long organization,
            String name,
            StreamType type,
            StreamCredential credential,
            boolean enabled,
            Instant createdAt,
            long eventsReceived,
            Optional<Instant> lastEventAt,
            StreamLimits limits) {
        this(
                id,
                uuid,
                organization,
                name,
                type,
                credential,
                enabled,
                createdAt,
                eventsReceived,
                lastEventAt,
                limits,
                Optional.empty());
    }

    /** With the limits of the ingress. */
    public EventStream(
            long id,
            StreamId uuid,
            long organization,
            String name,
            StreamType type,
            StreamCredential credential,
            boolean enabled,
            Instant createdAt,
            long eventsReceived,
            Optional<Instant> lastEventAt) {
        this(
                id,
                uuid,
                organization,
                name,
                type,
                credential,
                enabled,
                createdAt,
                eventsReceived,
                lastEventAt,
                StreamLimits.DEFAULT);
    }

    /**
     * A credential that was replaced.
     *
     * @param credential how senders proved themselves before
     * @param until it is good before this time
     */
    public record Previous(StreamCredential credential, Instant until) {}
}
