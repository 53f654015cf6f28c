// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.InboxMessage;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.log.LogEntry.Control;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every log keeps for an activation, or for a partition of one. */
abstract class InboxContract extends HistoryContract {
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
    void anOwnerThatWasReplacedChangesNoBindings() {
        assertThat(await(log.bind(first, 1, Set.of(alerts)))).isTrue();
        assertThat(await(log.bind(first, 2, Set.of(pushes)))).isTrue();

        assertThat(await(log.bind(first, 1, Set.of(alerts)))).isFalse();
        assertThat(await(log.unbind(first, 1))).isFalse();
        await(log.append(alerts, List.of(event("of the old owner"))));
        await(log.append(pushes, List.of(event("of the new one"))));
        assertThat(ids(read(first, Position.START))).containsExactly("of the new one");

        assertThat(await(log.unbind(first, 2))).isTrue();
        assertThat(await(log.bind(first, 1, Set.of(alerts)))).isFalse();
        await(log.append(alerts, List.of(event("after the end"))));
        assertThat(ids(read(first, Position.START))).containsExactly("of the new one");
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
    void deletesInboxAndBindings() {
        await(log.bind(first, Set.of(alerts)));
        await(log.append(alerts, List.of(event("1"))));

        await(log.delete(first));
        await(log.append(alerts, List.of(event("2"))));

        assertThat(read(first, Position.START)).isEmpty();
    }

    @Test
    void keepsThePartitionsOfAnActivationApart() {
        InboxId other = new InboxId(first.activation(), 1);
        await(log.bind(first, Set.of(alerts)));
        await(log.bind(other, Set.of(alerts)));
        await(log.append(alerts, List.of(event("both"))));
        await(log.unbind(other));
        await(log.append(alerts, List.of(event("one"))));
        await(log.trim(first, read(first, Position.START).getLast().position()));

        assertThat(read(first, Position.START)).isEmpty();
        assertThat(ids(read(other, Position.START))).containsExactly("both");
        assertThat(await(log.trimmed(other))).isEqualTo(Position.START);
    }
}
