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
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.history.FieldStatistic;
import io.reflexarc.core.history.FieldStore;
import io.reflexarc.core.history.StreamFields;
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
    private final FieldStore fields;

    /** Fields of these streams. */
    public StreamFieldsResource(EventStreamStore streams, FieldStore fields) {
        this.streams = streams;
        this.fields = fields;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(Endpoint.get(
                        "/api/eda/v1/event-streams/{id}/fields/",
                        "List the fields that occur in events of a stream, the most frequent first")
                .query(List.of(QueryParameter.text("path", "Part of the path, in letters of any case.")))
                .needs(Verb.READ, Kind.EVENT)
                .answersPage(FieldView.class, this::list));
    }

    private Envelope<FieldView> list(Call<Nothing> call) {
        long id = call.number("id");
        var stream = streams.find(id)
                .await()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no event stream " + id + "."));
        StreamFields known = fields.read(stream.uuid()).await();
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
