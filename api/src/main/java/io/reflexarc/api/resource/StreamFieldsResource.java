// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Envelope;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.QueryParameter;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.history.FieldStatistic;
import io.reflexarc.core.history.RecordedEvents;
import io.reflexarc.core.history.RecordedStream;
import io.reflexarc.core.history.StreamFields;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which fields the events of a stream have. */
public final class StreamFieldsResource implements Resource {
    private final EventStreamStore streams;
    private final RecordedEvents recorded;

    /** Fields of these streams, and of what the sources of activations bring. */
    public StreamFieldsResource(EventStreamStore streams, RecordedEvents recorded) {
        this.streams = streams;
        this.recorded = recorded;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        List<QueryParameter> query = List.of(QueryParameter.text("path", "Part of the path, in letters of any case."));
        return List.of(
                Endpoint.get(
                                "/api/eda/v1/event-streams/{id}/fields/",
                                "List the fields that occur in events of a stream, the most frequent first")
                        .query(query)
                        .needs(Verb.READ, Kind.EVENT)
                        .answersPage(FieldView.class, this::ofEventStream),
                Endpoint.get(
                                "/api/eda/v1/recorded-streams/{key:text}/fields/",
                                "List the fields that occur in what came from there, the most frequent first")
                        .query(query)
                        .needs(Verb.READ, Kind.EVENT)
                        .answersPage(FieldView.class, this::ofRecorded));
    }

    private Envelope<FieldView> ofEventStream(Call<Nothing> call) {
        long id = call.number("id");
        EventStream stream = streams.find(id)
                .await()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no event stream " + id + "."));
        return list(call, stream.uuid());
    }

    private Envelope<FieldView> ofRecorded(Call<Nothing> call) {
        String key = call.path("key");
        RecordedStream stream = recorded.streams().list().await().stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(ProblemType.NOT_FOUND, "Nothing that is kept came from " + key + "."));
        return list(call, stream.id());
    }

    private Envelope<FieldView> list(Call<Nothing> call, StreamId stream) {
        StreamFields known = recorded.fields().read(stream).await();
        PageRequest request = call.page();
        String part = request.filter("path").orElse("").toLowerCase(Locale.ROOT);
        List<FieldView> all = known.fields().stream()
                .filter(field -> field.path().toLowerCase(Locale.ROOT).contains(part))
                .sorted(Comparator.comparingLong(FieldStatistic::seen)
                        .reversed()
                        .thenComparing(FieldStatistic::path))
                .map(field -> FieldView.of(field, known.sampled()))
                .toList();
        return call.envelope(Page.of(all, request), field -> field);
    }

    /**
     * A field that occurs in the events of a stream.
     *
     * @param path as a condition writes it
     * @param types the most frequent first: {@code string}, {@code integer}, {@code float}, {@code boolean}, {@code null},
     *     {@code list}, {@code object}
     * @param seen events that had it, of those that were looked at
     * @param share of the events that were looked at, 0 to 1
     * @param samples values that occur often, the most frequent first
     * @param counts about how often each sample occurred
     * @param firstSeenAt when an event first had it
     * @param lastSeenAt when an event last had it
     */
    public record FieldView(
            String path,
            List<String> types,
            long seen,
            double share,
            List<JsonText> samples,
            List<Long> counts,
            Instant firstSeenAt,
            Instant lastSeenAt) {
        static FieldView of(FieldStatistic field, long sampled) {
            return new FieldView(
                    field.path(),
                    field.types().entrySet().stream()
                            .sorted(Map.Entry.<String, Long>comparingByValue()
                                    .reversed()
                                    .thenComparing(Map.Entry.comparingByKey()))
                            .map(Map.Entry::getKey)
                            .toList(),
                    field.seen(),
                    sampled == 0 ? 0 : Math.min(1, (double) field.seen() / sampled),
                    field.samples().stream().map(FieldStatistic.Sample::value).toList(),
                    field.samples().stream().map(FieldStatistic.Sample::count).toList(),
                    field.firstSeen(),
                    field.lastSeen());
        }
    }
}
