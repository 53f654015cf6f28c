// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.history;

import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.StreamId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A stream whose events are kept.
 *
 * @param id where they arrive
 * @param number of an event stream; empty for what an activation's own sources bring
 * @param name for people
 * @param received about so many events so far
 * @param activation whose sources bring them; empty for an event stream
 * @param sources names of those sources
 */
public record RecordedStream(
        StreamId id,
        Optional<Long> number,
        String name,
        long received,
        Optional<ActivationId> activation,
        Set<String> sources) {
    public RecordedStream {
        sources = Set.copyOf(sources);
    }

    /** An event stream. */
    public static RecordedStream of(EventStream stream) {
        return new RecordedStream(
                stream.uuid(),
                Optional.of(stream.id()),
                stream.name(),
                stream.eventsReceived(),
                Optional.empty(),
                Set.of());
    }

    /** The name for people of what these sources of an activation bring. */
    public static String nameOf(String activation, Collection<String> sources) {
        return activation + ": " + sources.stream().sorted().collect(Collectors.joining(", "));
    }

    /** How people and cursors name it. */
    public String key() {
        return number.map(one -> Long.toString(one)).orElseGet(id::toString);
    }
}
