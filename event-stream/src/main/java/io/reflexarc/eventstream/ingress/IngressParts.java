// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.telemetry.Meters;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * What the event loops of one ingress share; all of it is safe for any thread.
 *
 * @param config limits
 * @param streams where streams are configured
 * @param log takes the events
 * @param reports tells others what arrived
 * @param tap shows requests and counts their answers
 * @param meters times requests
 * @param clock stamps arrivals
 * @param random makes ids
 * @param limits rates of the streams
 * @param strangers rate of look-ups of unknown ids
 * @param heldBytes bytes of unfinished requests
 * @param connections open ones
 * @param port where it listens, once it does
 */
record IngressParts(
        IngressConfig config,
        EventStreamStore streams,
        EventLog log,
        ArrivalReports reports,
        RequestTap tap,
        Meters meters,
        InstantSource clock,
        RandomGenerator random,
        RateLimits limits,
        RateLimit strangers,
        AtomicLong heldBytes,
        AtomicInteger connections,
        AtomicInteger port) {}
