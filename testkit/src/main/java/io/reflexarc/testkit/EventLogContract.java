// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.event.Event;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.log.Appended;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.InboxMessage;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EventLog} does: histories, inboxes, and here appending to both, once, and under one incarnation. A subclass
 * names one implementation.
 */
public abstract class EventLogContract extends InboxContract {
    @Test
    void writesAnEventToEveryBoundInboxAndToHistory() {
        await(log.bind(first, Set.of(alerts)));
        await(log.bind(second, Set.of(alerts, pushes)));

        NewEvent event = event("e-1");
        assertThat(await(log.append(alerts, List.of(event)))).containsExactly(new Appended(event.id(), false));

        for (InboxId inbox : List.of(first, second)) {
            assertThat(arrived(inbox)).singleElement().satisfies(entry -> {
                assertThat(entry.id()).isEqualTo(event.id());
                assertThat(entry.stream()).isEqualTo(alerts);
                assertThat(entry.stamp()).isEqualTo(event.receivedAt());
                assertThat(entry.body()).isEqualTo(event.body());
            });
        }
        assertThat(await(log.find(event.id())))
                .contains(new Event(event.id(), alerts, event.receivedAt(), event.body()));
    }

    @Test
    void keepsTheEpochOfTheOwnerWhoseSourceSentAnEvent() {
        await(log.bind(first, Set.of(alerts)));
        NewEvent event = event("e-1");
        NewEvent owned = new NewEvent(new EventId("e-2"), NOW, List.of("k"), event.body(), 7);
        await(log.append(alerts, List.of(event, owned)));
        await(log.append(alerts, List.of(owned)));

        assertThat(arrived(first).stream().map(LogEntry.Arrived::epoch)).containsExactly(0L, 7L);
    }

    @Test
    void keepsTheOrderOfEventsAndGivesRisingPositions() {
        await(log.bind(first, Set.of(alerts)));

        await(log.append(alerts, List.of(event("a"), event("b"))));
        await(log.append(alerts, List.of(event("c"))));

        List<LogEntry> entries = read(first, Position.START);
        assertThat(ids(entries)).containsExactly("a", "b", "c");
        assertThat(entries).extracting(LogEntry::position).isSorted().doesNotHaveDuplicates();
        assertThat(ids(read(first, entries.getFirst().position()))).containsExactly("b", "c");
    }

    @Test
    void answersARepeatWithTheFirstIdAndWritesItNowhere() {
        await(log.bind(first, Set.of(alerts)));
        await(log.append(alerts, List.of(event("one", "delivery-1"))));

        List<Appended> again = await(log.append(alerts, List.of(event("two", "unknown", "delivery-1"))));
        List<Appended> byTheOtherKey = await(log.append(alerts, List.of(event("three", "unknown"))));

        assertThat(again).containsExactly(new Appended(new EventId("one"), true));
        assertThat(byTheOtherKey).containsExactly(new Appended(new EventId("one"), true));
        assertThat(ids(read(first, Position.START))).containsExactly("one");
        assertThat(await(log.find(new EventId("two")))).isEmpty();
    }

    @Test
    void knowsADedupeKeyOnlyForItsStream() {
        await(log.append(alerts, List.of(event("one", "key"))));

        assertThat(await(log.append(pushes, List.of(event("two", "key")))))
                .containsExactly(new Appended(new EventId("two"), false));
    }

    @Test
    void neverChangesWhatADedupeKeyMeans() {
        await(log.append(alerts, List.of(event("one", "a"), event("two", "b"))));

        assertThat(await(log.append(alerts, List.of(event("three", "a", "b")))))
                .containsExactly(new Appended(new EventId("one"), true));
        assertThat(await(log.append(alerts, List.of(event("four", "b")))))
                .containsExactly(new Appended(new EventId("two"), true));
    }

    @Test
    void findsARepeatWithinOneRequest() {
        List<Appended> appended =
                await(log.append(alerts, List.of(event("one", "k"), event("two", "k"), event("three", "l"))));

        assertThat(appended)
                .containsExactly(
                        new Appended(new EventId("one"), false),
                        new Appended(new EventId("one"), true),
                        new Appended(new EventId("three"), false));
    }

    @Test
    void takesOneOfManyConcurrentRepeats() {
        await(log.bind(first, Set.of(alerts)));

        List<Future<List<Appended>>> all = IntStream.range(0, 50)
                .mapToObj(n -> log.append(alerts, List.of(event("e-" + n, "same"))))
                .toList();
        await(Future.all(all));

        assertThat(all.stream().map(one -> one.result().getFirst()).filter(one -> !one.repeated()))
                .hasSize(1);
        assertThat(all.stream().map(one -> one.result().getFirst().id()).distinct())
                .hasSize(1);
        assertThat(read(first, Position.START)).hasSize(1);
    }

    @Test
    void refusesAllEventsOfACallWhenOneInboxHasNoRoomForAll() {
        await(log.bind(first, Set.of(alerts)));
        await(log.bind(second, Set.of(pushes)));
        await(log.append(alerts, List.of(event("1"), event("2"), event("3"), event("4", "k"))));
        await(log.bind(second, Set.of(alerts)));

        assertProblem(ProblemType.LOG_FULL, () -> await(log.append(alerts, List.of(event("5"), event("6")))));

        assertThat(ids(read(first, Position.START))).containsExactly("1", "2", "3", "4");
        assertThat(read(second, Position.START)).isEmpty();
        assertThat(await(log.find(new EventId("5")))).isEmpty();
        await(log.append(alerts, List.of(event("5"))));
        assertThat(await(log.append(alerts, List.of(event("again", "k")))))
                .as("a repeat needs no room")
                .containsExactly(new Appended(new EventId("4"), true));
    }

    @Test
    void takesNothingBeforeAnIncarnationIsOpen() {
        EventLog fresh = newLog(INBOX_BOUND, HISTORY_BOUND, InstantSource.fixed(NOW));

        assertThat(await(fresh.incarnation())).isEmpty();
        assertProblem(ProblemType.LOG_LOST, () -> await(fresh.append(alerts, List.of(event("1")))));
        assertProblem(ProblemType.LOG_LOST, () -> await(fresh.append(first, new InboxMessage.Tick(NOW))));
    }

    @Test
    void opensItsOwnIncarnationAgainButNoOther() {
        await(log.open(incarnation));

        assertThat(await(log.incarnation())).contains(incarnation);
        assertProblem(ProblemType.CONFLICT, () -> await(log.open(new Incarnation(UUID.randomUUID()))));
        assertThat(await(log.incarnation())).contains(incarnation);
    }
}
