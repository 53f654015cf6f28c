// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Steps 3 and 4 of the path of an event: from an authenticated request to the events that the log is given, each with its id
 * and its dedupe keys. One instance serves one event loop.
 */
final class Intake {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int LONGEST_KEY = 255;

    private final Uuid7 ids;
    private final int maxEvents;

    Intake(Uuid7 ids, int maxEvents) {
        this.ids = ids;
        this.maxEvents = maxEvents;
    }

    /** The events of one request, in order; empty when its body holds none. */
    List<Taken> take(KnownStream stream, Arrival arrival) {
        Optional<String> key = idempotencyKey(arrival);
        List<DecodedEvent> decoded = stream.decoder().decode(arrival);
        if (decoded.size() > maxEvents) {
            throw new ProblemException(
                    ProblemType.PAYLOAD_TOO_LARGE,
                    "The body holds " + decoded.size() + " events: send at most " + maxEvents + " at once.");
        }
        var writer = new EventWriter(stream, arrival);
        List<Taken> taken = new ArrayList<>(decoded.size());
        for (int i = 0; i < decoded.size(); i++) {
            DecodedEvent event = decoded.get(i);
            List<String> keys = new ArrayList<>(event.dedupeKeys());
            int index = i;
            key.ifPresent(given -> keys.add(DedupeKeys.idempotencyKey(given, index)));
            var id = new EventId(ids.next().toString());
            taken.add(
                    new Taken(new NewEvent(id, arrival.receivedAt(), keys, writer.write(event, id)), event.subject()));
        }
        return taken;
    }

    private static Optional<String> idempotencyKey(Arrival arrival) {
        List<String> values = arrival.headers().getAll(IDEMPOTENCY_KEY);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String value = values.getFirst();
        if (values.size() > 1 || value.isBlank() || value.length() > LONGEST_KEY) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    IDEMPOTENCY_KEY + " stands once and has 1 to " + LONGEST_KEY + " characters.");
        }
        return Optional.of(value);
    }

    /**
     * An event on its way into the log.
     *
     * @param event what the log is given
     * @param subject a short text for people; may be empty
     */
    record Taken(NewEvent event, String subject) {}
}
