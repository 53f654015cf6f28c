// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.log.Appended;
import io.reflexarc.core.log.NewEvent;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: what arrives while a group of requests is under way becomes the next group, which is one call of the script and
 * one fsync. While nothing is under way a group leaves at once, with what arrived in the same turn of the event loop, so that a
 * single request waits for nobody. What waits is bounded; safe for any thread.
 */
final class AppendGroups {
    /** Redis serves nobody else during a group: it is to be over in a few milliseconds. */
    private static final int MOST_EVENTS = 512;

    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_WAITING = 4_096;
    private static final int ARGUMENTS_EACH = 5;

    private final LinkPool link;
    private final LogBounds bounds;
    private final RedisFailures failures;
    private final Context context;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private boolean busy;

    /**
     * Groups for one connection.
     *
     * @param link of one connection, which nobody else need use
     */
    AppendGroups(LinkPool link, LogBounds bounds, RedisFailures failures) {
        this.context = link.context();
        this.link = link;
        this.bounds = bounds;
        this.failures = failures;
    }

    /** Appends the events of one request: all of them or none. Completes on the context of the caller, if it has one. */
    Future<List<Appended>> append(Incarnation incarnation, StreamId stream, List<NewEvent> events) {
        Waiting request;
        try {
            request = Waiting.of(incarnation, stream, events, Vertx.currentContext());
        } catch (RuntimeException e) {
            return Future.failedFuture(e); // written before it joins others, who shall not fail with it
        }
        synchronized (waiting) {
            if (waiting.size() >= MOST_WAITING) {
                return Future.failedFuture(failures.busy());
            }
            waiting.add(request);
            if (busy) {
                return request.promise.future();
            }
            busy = true;
        }
        context.runOnContext(unused -> send());
        return request.promise.future();
    }

    private void send() {
        List<Waiting> group = next();
        if (group.isEmpty()) {
            return;
        }
        run(group).onComplete(answer -> {
            if (answer.succeeded()) {
                send(); // first, so that Redis works while we answer
            } else {
                context.runOnContext(unused -> send()); // it may have failed within this very call
            }
            settle(group, answer);
        });
    }

    /** Whatever goes wrong is an answer: without one the next group would wait for ever. */
    private Future<Response> run(List<Waiting> group) {
        try {
            return link.run(Script.APPEND, request -> write(request, group));
        } catch (RuntimeException e) {
            return Future.failedFuture(failures.problem(e));
        }
    }

    /** Requests of one incarnation, as many as fit; at least one if any waits. */
    private List<Waiting> next() {
        List<Waiting> group = new ArrayList<>();
        int events = 0;
        long bytes = 0;
        synchronized (waiting) {
            while (!waiting.isEmpty()) {
                Waiting one = waiting.element();
                events += one.events.size();
                bytes += one.bytes;
                if (!group.isEmpty()
                        && (events > MOST_EVENTS
                                || bytes > MOST_BYTES
                                || !one.incarnation.equals(group.getFirst().incarnation))) {
                    break;
                }
                group.add(waiting.remove());
            }
            busy = !group.isEmpty();
        }
        return group;
    }

    private void write(Request request, List<Waiting> group) {
        request.arg(group.getFirst().incarnation.toString())
                .arg(bounds.dedupe().toMillis())
                .arg(bounds.inboxEntries())
                .arg(bounds.inboxBytes())
                .arg(bounds.historyEvents())
                .arg(bounds.historyBytes())
                .arg(bounds.unarchived())
                .arg(group.size());
        for (Waiting one : group) {
            one.arguments.forEach(request::arg);
        }
    }

    /** Callers of one event loop are told in one go. */
    private void settle(List<Waiting> group, AsyncResult<Response> answer) {
        Map<Context, List<Runnable>> elsewhere = new IdentityHashMap<>();
        for (int n = 0; n < group.size(); n++) {
            Waiting one = group.get(n);
            Future<List<Appended>> result = answer.failed()
                    ? Future.failedFuture(answer.cause())
                    : result(one, answer.result().get(n));
            if (one.caller == null || one.caller.equals(Vertx.currentContext())) {
                one.promise.handle(result);
            } else {
                elsewhere
                        .computeIfAbsent(one.caller, unused -> new ArrayList<>())
                        .add(() -> one.promise.handle(result));
            }
        }
        elsewhere.forEach((caller, tell) -> caller.runOnContext(unused -> tell.forEach(Runnable::run)));
    }

    /** A number: all were new. A list: the first event's id where one is a repeat. A text: why nothing was taken. */
    private Future<List<Appended>> result(Waiting request, Response answer) {
        if (answer.type() == ResponseType.BULK) {
            return Future.failedFuture(failures.problem(new IllegalStateException(answer.toString())));
        }
        List<Appended> result = new ArrayList<>(request.events.size());
        for (int n = 0; n < request.events.size(); n++) {
            String first = answer.type() == ResponseType.MULTI ? answer.get(n).toString() : "";
            result.add(
                    first.isEmpty()
                            ? new Appended(request.events.get(n).id(), false)
                            : new Appended(new EventId(first), true));
        }
        return Future.succeededFuture(result);
    }

    /**
     * A request on its way.
     *
     * @param arguments of the script, written by the caller's thread
     * @param bytes of its events
     * @param caller where it wants its answer
     */
    private record Waiting(
            Incarnation incarnation,
            List<NewEvent> events,
            List<byte[]> arguments,
            long bytes,
            @Nullable Context caller,
            Promise<List<Appended>> promise) {
        static Waiting of(Incarnation incarnation, StreamId stream, List<NewEvent> events, @Nullable Context caller) {
            List<byte[]> arguments = new ArrayList<>(2 + ARGUMENTS_EACH * events.size());
            arguments.add(ascii(stream.toString()));
            arguments.add(ascii(Integer.toString(events.size())));
            long bytes = 0;
            for (NewEvent event : events) {
                arguments.add(event.id().value().getBytes(StandardCharsets.UTF_8));
                arguments.add(ascii(Long.toString(event.receivedAt().toEpochMilli())));
                arguments.add(event.body().bytes());
                arguments.add(ascii(Long.toString(event.epoch())));
                arguments.add(ascii(Integer.toString(event.dedupeKeys().size())));
                event.dedupeKeys().forEach(key -> arguments.add(key.getBytes(StandardCharsets.UTF_8)));
                bytes += event.body().size();
            }
            return new Waiting(incarnation, events, arguments, bytes, caller, Promise.promise());
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
