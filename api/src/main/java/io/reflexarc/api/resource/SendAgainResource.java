// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.event.Event;
import io.reflexarc.core.event.Subject;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.history.RecordedEvents;
import io.reflexarc.core.history.RecordedStream;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Sends a recorded event through its stream once more, for real: whatever decides on it acts. */
public final class SendAgainResource implements Resource {
    private static final int MAX_ID = 255;
    private static final String COUNTED_AS = "api/sent-again";

    private final EventLog log;
    private final RecordedEvents recorded;
    private final LiveFeed feed;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** From this history to this log. */
    public SendAgainResource(
            EventLog log, RecordedEvents recorded, LiveFeed feed, InstantSource clock, RandomGenerator random) {
        this.log = log;
        this.recorded = recorded;
        this.feed = feed;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(Endpoint.post(
                        "/api/eda/v1/events/{event_id:text}/send-again/",
                        "Send a recorded event through its event stream once more, as a new event; rules decide on it")
                .fails(ProblemType.CONFLICT, ProblemType.LOG_FULL)
                .needs(Verb.OPERATE, Kind.EVENT_STREAM)
                .answers(202, SentAgain.class, this::send));
    }

    private SentAgain send(Call<Nothing> call) {
        String text = call.path("event_id");
        Event event = text.isEmpty() || text.length() > MAX_ID ? nothing(text) : found(new EventId(text));
        RecordedStream stream = recorded.streams().list().await().stream()
                .filter(one -> one.id().equals(event.stream()) && one.number().isPresent())
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.CONFLICT,
                        "The event came through no event stream that is still there: test it in a rulebook instead."));
        Instant now = clock.instant();
        EventId id = new EventId(new UUID(random.nextLong(), random.nextLong()).toString());
        JsonText body = again(event, id, now);
        log.append(stream.id(), List.of(new NewEvent(id, now, List.of(), body))).await();
        feed.publish(new LiveUpdate.EventArrived(id, stream.id(), stream.name(), now, Subject.of(body), body.size()));
        feed.publish(new LiveUpdate.Counted(COUNTED_AS, now, Map.of("events/" + stream.name(), 1L), Map.of()));
        return new SentAgain(id.value());
    }

    private Event found(EventId id) {
        return log.find(id)
                .await()
                .or(() -> recorded.archive().find(id).await().map(Recorded::event))
                .orElseGet(() -> nothing(id.value()));
    }

    private static Event nothing(String id) {
        throw new ProblemException(
                ProblemType.NOT_FOUND, "There is no event " + id + ", or history no longer holds it.");
    }

    /** The same event with an identity of its own, and whose copy it is. */
    private static JsonText again(Event event, EventId id, Instant now) {
        ObjectNode body = (ObjectNode) event.body().tree();
        ObjectNode meta = body.get("meta") instanceof ObjectNode known ? known : body.putObject("meta");
        meta.put("uuid", id.value())
                .put("received_at", now.toString())
                .put("sent_again_of", event.id().value());
        return JsonText.of(body);
    }

    /**
     * An event that was sent again.
     *
     * @param eventId of the new event
     */
    public record SentAgain(String eventId) {}
}
