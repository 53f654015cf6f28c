// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import java.time.Duration;

/**
 * How events are taken.
 *
 * @param host address to listen on
 * @param port 0 for a free one
 * @param eventLoops how many event loops serve requests
 * @param maxBodyBytes largest body
 * @param maxEvents most events that one body may hold
 * @param requestsPerSecond requests of one stream, and events of one that does not say itself, for long; twice as many at once
 * @param maxHeldBytes bytes of unfinished requests, beyond which more are refused
 * @param maxConnections open connections, beyond which new ones are closed
 * @param patience how long a connection may idle and a body may take to arrive
 * @param grace how long unfinished requests may take at a stop
 */
public record IngressConfig(
        String host,
        int port,
        int eventLoops,
        int maxBodyBytes,
        int maxEvents,
        int requestsPerSecond,
        long maxHeldBytes,
        int maxConnections,
        Duration patience,
        Duration grace) {
    private static final int MIB = 1 << 20;

    /** One event loop, 1 MiB bodies, 10,000 requests a second and stream, 30 s patience. */
    public static IngressConfig of(String host, int port) {
        return new IngressConfig(
                host, port, 1, MIB, 2_000, 10_000, 64L * MIB, 10_000, Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    /** The same with other limits of body and rate. */
    public IngressConfig withLimits(int bodyBytes, int perSecond) {
        return new IngressConfig(
                host, port, eventLoops, bodyBytes, maxEvents, perSecond, maxHeldBytes, maxConnections, patience, grace);
    }

    /** The same on so many event loops. */
    public IngressConfig withEventLoops(int count) {
        return new IngressConfig(
                host,
                port,
                count,
                maxBodyBytes,
                maxEvents,
                requestsPerSecond,
                maxHeldBytes,
                maxConnections,
                patience,
                grace);
    }
}
