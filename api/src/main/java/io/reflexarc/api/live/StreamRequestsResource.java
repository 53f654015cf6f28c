// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The last requests to a stream, accepted and refused, and how all of them were answered. */
public final class StreamRequestsResource implements Resource {
    private final EventStreamStore streams;
    private final TapBoard taps;
    private final LiveFeed feed;

    /** Requests of these streams, as far as processes that still live heard of them. */
    public StreamRequestsResource(EventStreamStore streams, TapBoard taps, LiveFeed feed) {
        this.streams = streams;
        this.taps = taps;
        this.feed = feed;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(Endpoint.get(
                        "/api/eda/v1/event-streams/{id}/requests/",
                        "Show the last requests to a stream with what became of them")
                .needs(Verb.READ, Kind.EVENT)
                .answers(200, StreamRequests.class, this::show));
    }

    private StreamRequests show(Call<Nothing> call) {
        long id = call.number("id");
        StreamId stream = streams.find(id)
                .await()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no event stream " + id + "."))
                .uuid();
        if (taps.asks(stream)) {
            // What the others say is there when the page asks again, a moment later.
            feed.publish(new LiveUpdate.RequestsAsked(stream));
        }
        List<AnswerView> answers = streams.answers(stream).await().stream()
                .map(one -> new AnswerView(one.status(), one.requests(), one.last()))
                .toList();
        return new StreamRequests(
                taps.since(stream),
                answers,
                taps.of(stream).stream().map(RequestView::of).toList());
    }

    /**
     * Requests to a stream. Of many in one second only some are kept, as long as one of the processes lives that heard of them.
     *
     * @param heardSince when the first of these processes began to listen
     * @param answers how all requests were answered so far, by status
     * @param requests the last ones, the newest first
     */
    public record StreamRequests(Instant heardSince, List<AnswerView> answers, List<RequestView> requests) {}

    /**
     * Requests that got the same answer.
     *
     * @param status HTTP status
     * @param requests how many
     * @param lastAt when the newest of them was answered
     */
    public record AnswerView(int status, long requests, Instant lastAt) {}

    /**
     * A request.
     *
     * @param at when its head arrived
     * @param status HTTP status of the answer
     * @param reason why it was refused; empty when it was not
     * @param eventCount events that it held, repeats among them
     * @param eventId the first of them
     * @param headers in their order; secrets masked
     * @param size bytes of the body, as far as it was read
     * @param body how the body begins
     * @param bodyCut whether more of it was read than is shown
     */
    public record RequestView(
            Instant at,
            int status,
            String reason,
            int eventCount,
            Optional<String> eventId,
            List<HeaderView> headers,
            int size,
            String body,
            boolean bodyCut) {
        private static final int SHOWN = 2_048;

        static RequestView of(LiveUpdate.RequestSeen seen) {
            return new RequestView(
                    seen.at(),
                    seen.status(),
                    seen.reason(),
                    seen.events(),
                    seen.event().map(EventId::value),
                    seen.headers().stream()
                            .map(header -> new HeaderView(header.name(), header.value()))
                            .toList(),
                    seen.size(),
                    seen.body(),
                    seen.size() > SHOWN);
        }
    }

    /** A header. */
    public record HeaderView(String name, String value) {}
}
