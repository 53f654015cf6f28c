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
import io.reflexarc.core.history.RecordedEvents;
import io.reflexarc.core.history.RecordedStream;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.page.Page;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the events of history came from, and by which kinds they can be told apart. */
public final class RecordedStreamsResource implements Resource {
    private static final String PATH = "/api/eda/v1/recorded-streams/";
    /** Streams whose fields are read for one answer. */
    private static final int MOST_STREAMS = 20;

    private final RecordedEvents recorded;

    /** Streams of this history. */
    public RecordedStreamsResource(RecordedEvents recorded) {
        this.recorded = recorded;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(
                Endpoint.get(
                                PATH,
                                "List where the events of history came from: event streams, and sources of activations")
                        .needs(Verb.READ, Kind.EVENT)
                        .answersPage(RecordedStreamView.class, this::list),
                Endpoint.get(
                                PATH + "facets/",
                                "Say by which types and severities events can be told apart, of the " + MOST_STREAMS
                                        + " streams that got events last")
                        .query(List.of(QueryParameter.text(
                                "event_stream_id", "Number or id of a stream; several with commas; left out: all.")))
                        .needs(Verb.READ, Kind.EVENT)
                        .answers(200, EventFacets.class, this::facets));
    }

    private Envelope<RecordedStreamView> list(Call<Nothing> call) {
        List<RecordedStream> all = recorded.streams().list().await();
        return call.envelope(Page.of(all, call.page()), RecordedStreamView::of);
    }

    private EventFacets facets(Call<Nothing> call) {
        Optional<Set<String>> wanted = call.query("event_stream_id").map(text -> Set.copyOf(List.of(text.split(","))));
        List<StreamId> asked = recorded.streams().list().await().stream()
                .filter(one -> wanted.map(some -> some.contains(one.key())).orElse(true))
                .map(RecordedStream::id)
                .toList();
        return EventFacets.of(recorded.fields().latest(asked, MOST_STREAMS).await(), MOST_STREAMS, asked.size());
    }

    /**
     * Where events came from.
     *
     * @param key names it in a search
     * @param name of the event stream, or of the activation and its sources
     * @param activationId whose sources they are; absent for an event stream
     */
    public record RecordedStreamView(String key, String name, Optional<Long> activationId) {
        static RecordedStreamView of(RecordedStream one) {
            return new RecordedStreamView(
                    one.key(), one.name(), one.activation().map(ActivationId::value));
        }
    }
}
