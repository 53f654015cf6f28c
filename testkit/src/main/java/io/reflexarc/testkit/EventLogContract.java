// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.event.Event;
import io.reflexarc.core.history.EventHistory;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.Appended;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.InboxMessage;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.log.LogEntry.Control;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link EventLog} does. A subclass names one implementation. */
public abstract class EventLogContract {
    /** What the clock of the logs under test always says. */
    protected static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final int INBOX_BOUND = 5;
    private static final int HISTORY_BOUND = 100;
    private static final Duration NO_WAIT = Duration.ZERO;

    private final StreamId alerts = new StreamId(UUID.randomUUID());
    private final StreamId pushes = new StreamId(UUID.randomUUID());
    private final InboxId first = InboxId.of(new ActivationId(1));
    private final InboxId second = InboxId.of(new ActivationId(2));
    private final Incarnation incarnation = new Incarnation(UUID.randomUUID());
    private EventLog log;

    /** An empty log without an incarnation, with these bounds. */
    protected abstract EventLog newLog(int inboxBound, int historyBound, InstantSource clock);

    /** The history of a log that {@link #newLog} made. */
    protected abstract EventHistory history(EventLog log);

    @BeforeEach
    void openALog() {
        log = newLog(INBOX_BOUND, HISTORY_BOUND, InstantSource.fixed(NOW));
        await(log.open(incarnation));
    }

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
    void givesAnInboxOnlyTheStreamsThatItIsBoundToNow() {
        await(log.bind(first, Set.of(alerts)));
        await(log.append(pushes, List.of(event("before"))));
        await(log.bind(first, Set.of(pushes)));
        await(log.append(alerts, List.of(event("not-any-more"))));
        await(log.append(pushes, List.of(event("after"))));
        await(log.unbind(first));
        await(log.append(pushes, List.of(event("unbound"))));

        assertThat(ids(read(first, Position.START))).containsExactly("after");
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
    void takesMessagesWhateverTheInboxHolds() {
        await(log.bind(first, Set.of(alerts)));
        IntStream.range(0, INBOX_BOUND).forEach(n -> await(log.append(alerts, List.of(event("e-" + n)))));

        await(log.append(first, new InboxMessage.Tick(NOW)));

        assertThat(read(first, Position.START)).hasSize(INBOX_BOUND + 1);
    }

    @Test
    void hasRoomAgainAfterATrim() {
        await(log.bind(first, Set.of(alerts)));
        IntStream.range(0, INBOX_BOUND).forEach(n -> await(log.append(alerts, List.of(event("e-" + n)))));
        Position third = read(first, Position.START).get(2).position();

        assertThat(await(log.trimmed(first))).isEqualTo(Position.START);
        await(log.trim(first, third));
        assertThat(await(log.trimmed(first))).isEqualTo(third);

        assertThat(ids(read(first, Position.START))).containsExactly("e-3", "e-4");
        await(log.append(alerts, List.of(event("5"), event("6"), event("7"))));
        assertProblem(ProblemType.LOG_FULL, () -> await(log.append(alerts, List.of(event("8")))));
    }

    @Test
    void givesEveryKindOfMessageBackAsItWas() {
        var outcome = new TaskOutcome(task(1), TaskState.SUCCEEDED, "", Optional.of(JsonText.ofString("{\"a\":[1]}")));
        var failed = new TaskOutcome(task(2), TaskState.DEAD_LETTER, "no \"route\"", Optional.empty());
        List<Control> controls = List.of(
                new Control.Owner(7),
                new Control.Version(8, "nora"),
                new Control.Pause(),
                new Control.Resume(),
                new Control.Skip(new Position(5, 6)));

        Position position = await(log.append(first, new InboxMessage.Ended(NOW, outcome)));
        await(log.append(first, new InboxMessage.Ended(NOW, failed)));
        await(log.append(first, new InboxMessage.Tick(NOW.plusMillis(1))));
        controls.forEach(control -> await(log.append(first, new InboxMessage.Controlled(NOW, control))));

        JsonText facts = JsonText.ofString("{\"os\":\"grüße\",\"meta\":{\"hosts\":\"web1\"}}");
        Position last = await(log.append(first, new InboxMessage.Gathered(NOW, "web1", facts)));

        List<LogEntry> all = read(first, Position.START);
        List<LogEntry> entries = all.subList(0, all.size() - 1);
        assertThat(all.getLast()).isEqualTo(new LogEntry.Gathered(last, NOW, "web1", facts));
        assertThat(entries.get(0)).isEqualTo(new LogEntry.Ended(position, NOW, outcome));
        assertThat(entries.get(1))
                .isInstanceOfSatisfying(
                        LogEntry.Ended.class,
                        entry -> assertThat(entry.outcome()).isEqualTo(failed));
        assertThat(entries.get(2)).isInstanceOf(LogEntry.Tick.class);
        assertThat(entries.get(2).stamp()).isEqualTo(NOW.plusMillis(1));
        assertThat(entries.subList(3, entries.size()))
                .extracting(entry -> ((LogEntry.Controlled) entry).control())
                .containsExactlyElementsOf(controls);
    }

    @Test
    void appendsTheOutcomeOfATaskOnce() {
        var outcome = new TaskOutcome(task(1), TaskState.SUCCEEDED, "", Optional.empty());

        Position once = await(log.append(first, new InboxMessage.Ended(NOW, outcome)));
        Position twice = await(log.append(first, new InboxMessage.Ended(NOW.plusSeconds(9), outcome)));

        assertThat(twice).isEqualTo(once);
        assertThat(read(first, Position.START)).hasSize(1);
    }

    @Test
    void waitsForAnEntryThatComesLater() {
        await(log.bind(first, Set.of(alerts)));

        Future<List<LogEntry>> reading = log.read(first, Position.START, 10, Duration.ofSeconds(20));
        await(log.append(alerts, List.of(event("late"))));

        assertThat(ids(await(reading))).containsExactly("late");
    }

    @Test
    void answersNothingWhenNothingCame() {
        assertThat(await(log.read(first, Position.START, 10, Duration.ofMillis(5))))
                .isEmpty();
    }

    @Test
    void readsNoMoreThanAskedFor() {
        await(log.bind(first, Set.of(alerts)));
        await(log.append(alerts, List.of(event("1"), event("2"), event("3"))));

        assertThat(ids(await(log.read(first, Position.START, 2, NO_WAIT)))).containsExactly("1", "2");
    }

    @Test
    void tellsHowManyEntriesWaitAndHowOldTheOldestIs() {
        await(log.bind(first, Set.of(alerts)));
        await(log.append(alerts, List.of(event("1"), event("2"), event("3"))));
        Position one = read(first, Position.START).getFirst().position();

        assertThat(await(log.backlog(first, Position.START)))
                .isEqualTo(new EventLog.Backlog(3, Duration.ofSeconds(10)));
        assertThat(await(log.backlog(first, one))).isEqualTo(new EventLog.Backlog(2, Duration.ofSeconds(10)));
        await(log.trim(first, one));
        assertThat(await(log.backlog(first, Position.START)).entries()).isEqualTo(2);
        Position last = read(first, Position.START).getLast().position();
        assertThat(await(log.backlog(first, last))).isEqualTo(new EventLog.Backlog(0, Duration.ZERO));
    }

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

    @Test
    void deletesInboxAndBindings() {
        await(log.bind(first, Set.of(alerts)));
        await(log.append(alerts, List.of(event("1"))));

        await(log.delete(first));
        await(log.append(alerts, List.of(event("2"))));

        assertThat(read(first, Position.START)).isEmpty();
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

    private NewEvent event(String id, String... keys) {
        return new NewEvent(
                new EventId(id),
                NOW.minusSeconds(10),
                List.of(keys),
                JsonText.ofString("{\"payload\":{\"text\":\"grüße \\u0000\"},\"meta\":{\"uuid\":\"" + id + "\"}}"));
    }

    private static TaskId task(int number) {
        return new TaskId(new UUID(0, number));
    }

    private List<LogEntry> read(InboxId inbox, Position after) {
        return await(log.read(inbox, after, 1_000, NO_WAIT));
    }

    private List<LogEntry.Arrived> arrived(InboxId inbox) {
        return read(inbox, Position.START).stream()
                .map(LogEntry.Arrived.class::cast)
                .toList();
    }

    private static List<String> ids(List<LogEntry> entries) {
        return entries.stream()
                .map(entry -> ((LogEntry.Arrived) entry).id().value())
                .toList();
    }

    private static void assertProblem(ProblemType type, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }

    /** Waits for an answer, a minute at most. */
    protected static <T> T await(Future<T> future) {
        try {
            return future.await(1, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer within a minute", e);
        }
    }
}
