// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.micrometer.core.instrument.Timer;
import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.event.StreamCredential;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.log.Appended;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step 1 of the path of an event: receives a request, has it authenticated and decoded, appends its events to the log and
 * answers when the log holds them, not before. One instance serves one event loop.
 */
final class Reception {
    private static final Logger LOGGER = LoggerFactory.getLogger(Reception.class);
    private static final String PATH = "/event-streams/";
    private static final String UNKNOWN = "unknown";
    private static final int UUID_LENGTH = 36;
    private static final int LINGER_MILLIS = 1_000;

    private final Vertx vertx;
    private final IngressParts parts;
    private final StreamDirectory directory;
    private final BodyReader bodies;
    private final Intake intake;
    private final Timer time;
    /** A request to no stream costs what a request with a wrong signature costs. */
    private final Authenticator decoy = Authenticator.of(StreamCredential.Hmac.github(new Secret("decoy")));

    Reception(IngressParts parts, Vertx vertx, Context context) {
        this.vertx = vertx;
        this.time = parts.meters().ingressTime();
        this.parts = parts;
        this.directory = new StreamDirectory(parts.streams(), parts.clock(), context, parts.strangers());
        this.bodies = new BodyReader(vertx, parts.config(), parts.heldBytes());
        this.intake = new Intake(
                new Uuid7(parts.clock(), parts.random()), parts.config().maxEvents());
    }

    /** Takes one request to the end. */
    void receive(HttpServerRequest request, String id) {
        request.pause();
        Instant receivedAt = parts.clock().instant();
        Visit visit = new Visit(request, receivedAt);
        Timer.Sample begun = Timer.start(parts.meters().registry());
        find(id).onFailure(cause -> refuse(request, UNKNOWN, cause))
                .onSuccess(found -> serve(visit, found)
                        .onSuccess(appended -> {
                            Answers.accepted(request, appended);
                            found.ifPresent(known -> parts.tap().accepted(known, visit, appended));
                            begun.stop(time);
                        })
                        .onFailure(cause -> {
                            ProblemException problem = refuse(request, name(found), cause);
                            found.ifPresent(known -> parts.tap().refused(known, visit, problem));
                        }));
    }

    /** Says no to a request, whatever the reason; answers what it said. */
    ProblemException refuse(HttpServerRequest request, String stream, Throwable cause) {
        ProblemException problem;
        if (cause instanceof ProblemException foreseen) {
            problem = foreseen;
        } else if (request.response().closed()) {
            return new ProblemException(ProblemType.BAD_REQUEST, "The sender went away before the body had arrived.");
        } else {
            LOGGER.atError().setCause(cause).addKeyValue("stream", stream).log("request failed by a fault of ours");
            problem = new ProblemException(ProblemType.INTERNAL, "This is a fault of the server; it has been logged.");
        }
        parts.reports().refused(stream, problem.type().status());
        if (request.isEnded()) {
            Answers.problem(request, problem);
        } else {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            Answers.problem(request, problem);
            drain(request);
        }
        return problem;
    }

    /** Whoever still sends gets a moment to read the answer: closing at once would take it from him. */
    private void drain(HttpServerRequest request) {
        long timer = vertx.setTimer(LINGER_MILLIS, late -> request.connection().close());
        request.handler(rest -> {}).endHandler(end -> vertx.cancelTimer(timer)).resume();
    }

    private Future<Optional<KnownStream>> find(String id) {
        if (id.length() != UUID_LENGTH) {
            return Future.succeededFuture(Optional.empty());
        }
        try {
            return directory.find(new StreamId(UUID.fromString(id)));
        } catch (IllegalArgumentException e) {
            return Future.succeededFuture(Optional.empty());
        }
    }

    private Future<List<Appended>> serve(Visit visit, Optional<KnownStream> found) {
        HttpServerRequest request = visit.request();
        Instant receivedAt = visit.at();
        int largest = found.flatMap(known -> known.stream().limits().maxBodyBytes())
                .orElse(parts.config().maxBodyBytes());
        try {
            bodies.requireAcceptable(request, largest);
            found.ifPresent(known -> requireRate(known.stream(), receivedAt));
        } catch (ProblemException e) {
            return Future.failedFuture(e);
        }
        return bodies.read(request, largest, body -> {
            visit.read(body);
            KnownStream stream = authenticate(visit, found, body);
            return append(
                    request, stream, new Arrival(PATH + stream.stream().uuid(), request.headers(), body, receivedAt));
        });
    }

    private void requireRate(EventStream stream, Instant now) {
        if (!parts.limits().take(stream.uuid(), now)) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    "This stream takes " + parts.config().requestsPerSecond()
                            + " requests a second: send again later.");
        }
    }

    private KnownStream authenticate(Visit visit, Optional<KnownStream> found, Buffer body) {
        HttpServerRequest request = visit.request();
        Authenticator.Verdict verdict = found.map(known -> known.judge(request.headers(), body, visit.at()))
                .orElseGet(() -> decoy.judge(request.headers(), body));
        KnownStream known = found.orElseThrow(() ->
                new ProblemException(ProblemType.NOT_FOUND, "There is no event stream with this UUID, or it is off."));
        return switch (verdict) {
            case ACCEPTED -> known;
            case MISSING -> throw unauthenticated(request, known, "has no proof of its sender");
            case WRONG -> throw unauthenticated(request, known, "has a wrong proof of its sender");
        };
    }

    private static ProblemException unauthenticated(HttpServerRequest request, KnownStream known, String reason) {
        request.response().putHeader("WWW-Authenticate", known.authenticator().challenge());
        return new ProblemException(
                ProblemType.UNAUTHENTICATED,
                "The request " + reason + ": this stream wants it in the header "
                        + known.authenticator().header() + ".");
    }

    private void requireRoom(HttpServerRequest request, EventStream stream, int events, Instant now) {
        int burst = parts.limits().burst(stream);
        if (events > burst) {
            throw new ProblemException(
                    ProblemType.PAYLOAD_TOO_LARGE,
                    "The body holds " + events + " events: this stream takes at most " + burst + " at once.");
        }
        parts.limits().take(stream, events, now).ifPresent(wait -> {
            long seconds = Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
            request.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    "This stream takes " + parts.limits().rate(stream) + " events a second: send these again in "
                            + seconds + " s.");
        });
    }

    private Future<List<Appended>> append(HttpServerRequest request, KnownStream known, Arrival arrival) {
        List<Intake.Taken> taken = intake.take(known, arrival);
        requireRoom(request, known.stream(), taken.size(), arrival.receivedAt());
        List<NewEvent> events = taken.stream().map(Intake.Taken::event).toList();
        return parts.log()
                .append(known.stream().uuid(), events)
                .onSuccess(appended -> parts.reports().accepted(known.stream(), taken, appended, arrival.receivedAt()));
    }

    private static String name(Optional<KnownStream> found) {
        return found.map(known -> known.stream().name()).orElse(UNKNOWN);
    }
}
