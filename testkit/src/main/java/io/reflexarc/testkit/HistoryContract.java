// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.event.Event;
import io.reflexarc.core.history.EventHistory;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.id.EventId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every log keeps of the events of a stream. */
abstract class HistoryContract extends LogFixture {
    @Test
    void historyDropsItsOldestAndNeverRefuses() {
        for (int n = 0; n < HISTORY_BOUND + 40; n += 20) {
            await(log.append(
                    alerts,
                    IntStream.range(n, n + 20)
                            .mapToObj(number -> event("e-" + number))
                            .toList()));
        }

        List<Event> recent = await(log.recent(alerts, Optional.empty(), 200));
        assertThat(recent).hasSizeBetween(HISTORY_BOUND - 16, HISTORY_BOUND);
        assertThat(recent.getFirst().id()).isEqualTo(new EventId("e-" + (HISTORY_BOUND + 39)));
        assertThat(await(log.find(new EventId("e-0")))).isEmpty();
        assertThat(await(log.find(recent.getLast().id()))).contains(recent.getLast());
    }

    @Test
    void pagesThroughHistoryNewestFirst() {
        for (int n = 0; n < 5; n++) {
            await(log.append(alerts, List.of(event("e-" + n))));
        }
        await(log.append(pushes, List.of(event("other"))));

        List<Event> page = await(log.recent(alerts, Optional.empty(), 2));
        List<Event> next = await(log.recent(alerts, Optional.of(page.getLast().id()), 10));

        assertThat(page).extracting(one -> one.id().value()).containsExactly("e-4", "e-3");
        assertThat(next).extracting(one -> one.id().value()).containsExactly("e-2", "e-1", "e-0");
        assertThat(await(log.recent(alerts, Optional.of(new EventId("dropped long ago")), 10)))
                .isEmpty();
    }

    @Test
    void readsHistoryByPositionBothWays() {
        for (int n = 0; n < 5; n++) {
            await(log.append(alerts, List.of(event("e-" + n))));
        }
        await(log.append(pushes, List.of(event("other"))));
        EventHistory history = history(log);

        List<Recorded> newest = await(history.before(alerts, Optional.empty(), 2));
        List<Recorded> older =
                await(history.before(alerts, Optional.of(newest.getLast().position()), 10));
        List<Recorded> newer = await(history.after(alerts, older.getLast().position(), 3));

        assertThat(newest).extracting(one -> one.event().id().value()).containsExactly("e-4", "e-3");
        assertThat(older).extracting(one -> one.event().id().value()).containsExactly("e-2", "e-1", "e-0");
        assertThat(newer).extracting(one -> one.event().id().value()).containsExactly("e-1", "e-2", "e-3");
        assertThat(newer.getFirst()).isEqualTo(older.get(1));
        assertThat(await(history.after(alerts, newest.getFirst().position(), 3)))
                .isEmpty();
    }
}
