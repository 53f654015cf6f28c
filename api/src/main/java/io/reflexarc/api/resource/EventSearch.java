// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One part of a search through history: stops when it has found enough, or has looked at so much that the person who waits
 * should hear how far it came.
 */
final class EventSearch {
    private static final int MOST_EVENTS = 5_000;
    private static final long MOST_BYTES = 64L << 20;
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final HistoryReader history;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Wanted wanted;
    private final List<EventRow> found = new ArrayList<>();
    private long scanned;
    private long bytes;
    private Optional<Instant> reached = Optional.empty();
    private boolean ended;

    EventSearch(HistoryReader history, AuditLog audit, InstantSource clock, Wanted wanted) {
        this.history = history;
        this.audit = audit;
        this.clock = clock;
        this.wanted = wanted;
    }

    EventFindings run(int size) {
        Instant last = clock.instant().plus(LONGEST);
        while (!ended
                && found.size() < size
                && scanned < MOST_EVENTS
                && bytes < MOST_BYTES
                && clock.instant().isBefore(last)) {
            add(candidates(size - found.size(), last));
        }
        return new EventFindings(found, ended ? Optional.empty() : history.cursor(), scanned, reached);
    }

    /** So few that none of them is too many: what was read must be shown, for the cursor stands behind it. */
    private List<HistoryReader.Found> candidates(int most, Instant last) {
        List<HistoryReader.Found> candidates = new ArrayList<>();
        while (candidates.size() < most
                && scanned < MOST_EVENTS
                && bytes < MOST_BYTES
                && clock.instant().isBefore(last)) {
            Optional<HistoryReader.Found> next = history.next();
            if (next.isEmpty()) {
                ended = history.ended();
                if (ended) {
                    return candidates;
                }
                continue;
            }
            var event = next.get().event();
            if (wanted.since().filter(event.receivedAt()::isBefore).isPresent()) {
                ended = true;
                return candidates;
            }
            scanned++;
            bytes += event.body().size();
            reached = Optional.of(event.receivedAt());
            if (wanted.until()
                            .filter(until -> !event.receivedAt().isBefore(until))
                            .isEmpty()
                    && wanted.body().test(event.body())) {
                candidates.add(next.get());
            }
        }
        return candidates;
    }

    private void add(List<HistoryReader.Found> candidates) {
        List<EventId> ids = candidates.stream().map(one -> one.event().id()).toList();
        Map<EventId, Integer> matched =
                ids.isEmpty() ? Map.of() : audit.rulesMatched(ids).await();
        for (HistoryReader.Found one : candidates) {
            int rules = matched.getOrDefault(one.event().id(), 0);
            if (wanted.matched().map(matches -> matches == rules > 0).orElse(true)) {
                found.add(EventRow.of(one.event(), one.stream(), rules));
            }
        }
    }

    /**
     * What is searched for.
     *
     * @param since received at this time or later
     * @param until received before it
     * @param matched by a rule, or by none
     * @param body what the event itself must pass
     */
    record Wanted(
            Optional<Instant> since, Optional<Instant> until, Optional<Boolean> matched, Predicate<JsonText> body) {
        /** Holds a text anywhere, in a key or a value, in letters of any case. */
        static Predicate<JsonText> holding(String text) {
            String plain = text.toLowerCase(Locale.ROOT);
            String quoted = JsonText.of(text).toString();
            String escaped = quoted.substring(1, quoted.length() - 1).toLowerCase(Locale.ROOT);
            return body -> {
                String all = body.toString().toLowerCase(Locale.ROOT);
                return all.contains(plain) || all.contains(escaped);
            };
        }
    }
}
