// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.QueryParameter;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.audit.DecisionSummary;
import io.reflexarc.core.decision.EventTests;
import io.reflexarc.core.decision.Explanations;
import io.reflexarc.core.event.Event;
import io.reflexarc.core.history.EventArchive;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.history.RecordedEvents;
import io.reflexarc.core.history.RecordedStream;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.RulebookStore;
import io.reflexarc.core.rulebook.RulebookVersion;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Events: a search of their history, and of one why rules did or did not decide on it. */
public final class EventsResource implements Resource {
    private static final String PATH = "/api/eda/v1/events/";
    private static final int MAX_ID = 255;
    /** So many events before one are played again to explain it. */
    private static final int LOOK_BACK = 200;
    /** Events that are looked at to find those. */
    private static final int MOST_LOOKED = 5_000;

    private final EventLog log;
    private final RecordedEvents recorded;
    private final AuditLog audit;
    private final ActivationStore activations;
    private final RulebookStore rulebooks;
    private final Explanations explanations;
    private final EventTests tests;
    private final InstantSource clock;

    /** Reads history and audit, and asks the rules again. */
    public EventsResource(
            EventLog log,
            RecordedEvents recorded,
            AuditLog audit,
            ActivationStore activations,
            RulebookStore rulebooks,
            Explanations explanations,
            EventTests tests,
            InstantSource clock) {
        this.log = log;
        this.recorded = recorded;
        this.audit = audit;
        this.activations = activations;
        this.rulebooks = rulebooks;
        this.explanations = explanations;
        this.tests = tests;
        this.clock = clock;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(
                Endpoint.get(PATH, "Search the history of events, newest first")
                        .query(List.of(
                                QueryParameter.text(
                                        "event_stream_id",
                                        "Number of a stream, or id of what sources of an activation bring; several with commas."),
                                QueryParameter.text("condition", "Written as in a rule; only what is true passes."),
                                QueryParameter.text("text", "Stands anywhere in the event, in letters of any case."),
                                new QueryParameter("matched", MatchedBy.class, "By a rule, or by none."),
                                QueryParameter.text("since", "Received at this time or later (ISO 8601)."),
                                QueryParameter.text("until", "Received before this time (ISO 8601)."),
                                QueryParameter.AFTER,
                                QueryParameter.PAGE_SIZE))
                        .needs(Verb.READ, Kind.EVENT)
                        .answers(200, EventFindings.class, this::search),
                Endpoint.get(
                                PATH + "{event_id:text}/",
                                "Show an event, matched or not, what each rule said to it, and its decisions")
                        .needs(Verb.READ, Kind.EVENT)
                        .answers(200, EventView.class, this::show));
    }

    private EventFindings search(Call<Nothing> call) {
        Predicate<JsonText> condition = call.query("condition").map(tests::of).orElse(body -> true);
        Predicate<JsonText> text =
                call.query("text").map(EventSearch.Wanted::holding).orElse(body -> true);
        var wanted = new EventSearch.Wanted(
                call.query("since").map(EventsResource::time),
                call.query("until").map(EventsResource::time),
                call.query("matched").map(answer -> answer.equals("yes")),
                // The text is the cheaper one.
                text.and(condition));
        List<RecordedStream> searched = searched(call.query("event_stream_id"));
        var query = new EventArchive.Query(
                wanted.since(),
                wanted.until(),
                call.query("condition").map(tests::required).orElse(List.of()));
        HistoryReader history = call.query("after")
                .map(cursor -> new HistoryReader(recorded, searched, query, cursor))
                .orElseGet(() -> new HistoryReader(recorded, searched, query));
        return new EventSearch(history, audit, clock, wanted).run(call.size());
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new ProblemException(
                    ProblemType.INVALID, "\"" + text + "\" is no time: write it as 2026-11-21T12:00:00Z", e);
        }
    }

    private List<RecordedStream> searched(Optional<String> keys) {
        Optional<Set<String>> wanted = keys.map(text -> Set.copyOf(List.of(text.split(","))));
        return recorded.streams().list().await().stream()
                .filter(one -> wanted.map(some -> some.contains(one.key())).orElse(true))
                .toList();
    }

    /** Whether rules matched. */
    enum MatchedBy {
        @JsonProperty("yes")
        YES,
        @JsonProperty("no")
        NO
    }

    private EventView show(Call<Nothing> call) {
        String text = call.path("event_id");
        if (text.isEmpty() || text.length() > MAX_ID) {
            throw new ProblemException(ProblemType.NOT_FOUND, "An event id has 1 to 255 characters.");
        }
        EventId id = new EventId(text);
        Optional<Event> event = log.find(id).await().or(() -> archived(id));
        List<DecisionSummary> decisions = audit.decisionsOf(id).await();
        JsonText body = event.map(Event::body)
                .or(() -> matchedBody(id, decisions))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "There is no event " + id + ", or history no longer holds it."));
        List<RecordedStream> streams = recorded.streams().list().await();
        Optional<RecordedStream> stream = event.flatMap(one -> known(streams, one.stream()));
        return new EventView(
                text,
                stream.flatMap(RecordedStream::number),
                stream.map(RecordedStream::name),
                event.map(Event::receivedAt),
                body,
                !decisions.isEmpty(),
                event.map(one -> said(one, streams)).orElse(List.of()),
                decisions.stream().map(DecisionRow::of).toList());
    }

    private static Optional<RecordedStream> known(List<RecordedStream> streams, StreamId id) {
        return streams.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** An archive that does not answer keeps nobody from what is known without it. */
    private Optional<Event> archived(EventId id) {
        return recorded.archive()
                .find(id)
                .map(found -> found.map(Recorded::event))
                .recover(cause ->
                        cause instanceof ProblemException problem && problem.type() == ProblemType.DEPENDENCY_DOWN
                                ? Future.succeededFuture(Optional.empty())
                                : Future.failedFuture(cause))
                .await();
    }

    /** History drops its oldest; the audit keeps what was matched. */
    private Optional<JsonText> matchedBody(EventId id, List<DecisionSummary> decisions) {
        return decisions.stream()
                .findFirst()
                .flatMap(decision -> audit.decision(decision.id()).await())
                .flatMap(detail -> detail.matched().stream()
                        .filter(matched -> matched.id().equals(id))
                        .findFirst())
                .map(matched -> matched.body());
    }

    private List<EventView.ActivationSays> said(Event event, List<RecordedStream> streams) {
        List<EventView.ActivationSays> said = new ArrayList<>();
        for (Activation activation : bound(event.stream(), streams)) {
            Optional<String> rulebook =
                    rulebooks.version(activation.rulebookVersion()).await().map(RulebookVersion::text);
            if (rulebook.isPresent()) {
                List<EventView.RuleSays> rules = explanations
                        .explain(rulebook.get(), activation.variables(), upTo(event, activation, streams))
                        .await()
                        .stream()
                        .map(EventView.RuleSays::of)
                        .toList();
                said.add(new EventView.ActivationSays(
                        activation.id().value(),
                        activation.name(),
                        activation.rulebookId(),
                        activation.rulebookVersion(),
                        rules));
            }
        }
        return said;
    }

    /** What the activation got before the event, as far as it matters most: joins and throttles hang on it. */
    private List<Explanations.Occurrence> upTo(Event event, Activation activation, List<RecordedStream> streams) {
        List<Explanations.Occurrence> before = new ArrayList<>();
        for (RecordedStream stream : streams) {
            if (brings(stream, activation)) {
                before(stream, event).stream()
                        .filter(one -> !one.receivedAt().isAfter(event.receivedAt()))
                        .map(one -> occurrence(one, activation, stream))
                        .forEach(before::add);
            }
        }
        before.sort(Comparator.comparing(Explanations.Occurrence::at));
        List<Explanations.Occurrence> events =
                new ArrayList<>(before.subList(Math.max(0, before.size() - LOOK_BACK), before.size()));
        known(streams, event.stream()).ifPresent(stream -> events.add(occurrence(event, activation, stream)));
        return events;
    }

    private static boolean brings(RecordedStream stream, Activation activation) {
        return activation.sources().containsValue(stream.id())
                || stream.activation().equals(Optional.of(activation.id()));
    }

    /** The newest events of a stream up to one, from the log and, as far as it does not hold them, from the archive. */
    private List<Event> before(RecordedStream stream, Event event) {
        List<Event> found = new ArrayList<>();
        boolean own = stream.id().equals(event.stream());
        if (own && log.find(event.id()).await().isPresent()) {
            found.addAll(
                    log.recent(stream.id(), Optional.of(event.id()), LOOK_BACK).await());
        }
        if (found.size() >= LOOK_BACK) {
            return found;
        }
        Set<EventId> seen = found.stream().map(Event::id).collect(Collectors.toSet());
        Instant until = found.isEmpty() ? event.receivedAt() : found.getLast().receivedAt();
        var query = new EventArchive.Query(Optional.empty(), Optional.of(until.plusMillis(1)), List.of());
        HistoryReader history = new HistoryReader(recorded, List.of(stream), query);
        boolean passed = !own || !found.isEmpty();
        for (int looked = 0; looked < MOST_LOOKED && found.size() < LOOK_BACK && !history.ended(); looked++) {
            Optional<Event> next = history.next().map(HistoryReader.Found::event);
            if (next.isPresent() && passed && !seen.contains(next.get().id())) {
                next.filter(one -> one.receivedAt().isBefore(query.until().orElseThrow()))
                        .ifPresent(found::add);
            }
            passed |= next.filter(one -> one.id().equals(event.id())).isPresent();
        }
        return found;
    }

    private static Explanations.Occurrence occurrence(Event event, Activation activation, RecordedStream stream) {
        Set<String> mapped = activation.sources().entrySet().stream()
                .filter(source -> source.getValue().equals(event.stream()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        // What an activation's own sources bring is filtered before it is kept
        boolean own = mapped.isEmpty();
        return new Explanations.Occurrence(
                event.id(), event.receivedAt(), own ? stream.sources() : mapped, event.body(), own);
    }

    private List<Activation> bound(StreamId id, List<RecordedStream> streams) {
        Optional<RecordedStream> stream = known(streams, id);
        List<Activation> bound = new ArrayList<>();
        Page<Activation> page;
        int number = 1;
        do {
            page = activations
                    .list(new PageRequest(number++, PageRequest.MAX_SIZE, Map.of()))
                    .await();
            page.items().stream()
                    .filter(one -> stream.filter(known -> brings(known, one)).isPresent())
                    .forEach(bound::add);
        } while (page.items().size() == PageRequest.MAX_SIZE);
        return bound;
    }
}
