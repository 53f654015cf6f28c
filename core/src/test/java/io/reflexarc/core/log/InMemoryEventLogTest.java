// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InMemoryEventLogTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_000);
    private static final StreamId ALERTS = new StreamId(new UUID(0, 1));
    private static final StreamId PUSHES = new StreamId(new UUID(0, 2));
    private static final InboxId INBOX = InboxId.of(new ActivationId(1));
    private static final InboxId OTHER = InboxId.of(new ActivationId(2));

    private final List<Runnable> later = new ArrayList<>();
    private final InMemoryEventLog log =
            new InMemoryEventLog(() -> NOW, (delay, task) -> later.add(task), new InMemoryEventLog.Bounds(3, 4));

    @BeforeEach
    void open() {
        log.open(new Incarnation(new UUID(7, 7)));
    }

    @Test
    void writesAnEventToEveryBoundInboxAndToHistory() {
        log.bind(INBOX, Set.of(ALERTS));
        log.bind(OTHER, Set.of(ALERTS, PUSHES));

        log.append(ALERTS, List.of(event("a"), event("b")));
        log.append(PUSHES, List.of(event("c")));

        assertThat(ids(INBOX)).containsExactly("a", "b");
        assertThat(ids(OTHER)).containsExactly("a", "b", "c");
        assertThat(log.recent(ALERTS, Optional.empty(), 10).result())
                .extracting(event -> event.id().value())
                .containsExactly("b", "a");
        assertThat(log.recent(ALERTS, Optional.of(new EventId("b")), 10).result())
                .hasSize(1);
    }

    @Test
    void answersARepeatWithTheFirstIdAndAppendsItOnce() {
        log.bind(INBOX, Set.of(ALERTS));
        log.append(ALERTS, List.of(event("a", "key")));

        List<Appended> again =
                log.append(ALERTS, List.of(event("b", "other", "key"))).result();

        assertThat(again).containsExactly(new Appended(new EventId("a"), true));
        assertThat(ids(INBOX)).containsExactly("a");
    }

    @Test
    void refusesEventsBeyondTheBoundButTakesOutcomes() {
        log.bind(INBOX, Set.of(ALERTS));
        log.append(ALERTS, List.of(event("a"), event("b")));

        Future<List<Appended>> refused = log.append(ALERTS, List.of(event("c"), event("d")));
        log.append(INBOX, new InboxMessage.Tick(NOW));
        log.append(INBOX, new InboxMessage.Tick(NOW));

        assertThat(problem(refused)).isEqualTo(ProblemType.LOG_FULL);
        assertThat(log.find(new EventId("c")).result()).isEmpty();
        assertThat(log.read(INBOX, Position.START, 10, Duration.ZERO).result()).hasSize(4);
    }

    @Test
    void takesTheOutcomeOfATaskOnce() {
        var outcome = new TaskOutcome(new TaskId(new UUID(1, 1)), TaskState.SUCCEEDED, "", Optional.empty());

        Position first = log.append(INBOX, new InboxMessage.Ended(NOW, outcome)).result();
        Position again = log.append(INBOX, new InboxMessage.Ended(NOW, outcome)).result();

        assertThat(again).isEqualTo(first);
        assertThat(log.read(INBOX, Position.START, 10, Duration.ZERO).result()).hasSize(1);
    }

    @Test
    void aWaitingReaderGetsWhatComesAndNothingWhenItsTimeIsOver() {
        log.bind(INBOX, Set.of(ALERTS));

        Future<List<LogEntry>> woken = log.read(INBOX, Position.START, 10, Duration.ofSeconds(1));
        log.append(ALERTS, List.of(event("a")));
        Position read = woken.result().getLast().position();
        Future<List<LogEntry>> over = log.read(INBOX, read, 10, Duration.ofSeconds(1));

        assertThat(over.isComplete()).isFalse();
        later.forEach(Runnable::run);
        assertThat(over.result()).isEmpty();
    }

    @Test
    void refusesEverythingWithoutAnIncarnationAndASecondOne() {
        var fresh = new InMemoryEventLog(() -> NOW, (delay, task) -> {}, InMemoryEventLog.Bounds.DEFAULT);

        assertThat(problem(fresh.append(ALERTS, List.of(event("a"))))).isEqualTo(ProblemType.LOG_LOST);
        assertThat(problem(log.open(new Incarnation(new UUID(8, 8))))).isEqualTo(ProblemType.CONFLICT);
    }

    @Test
    void anUnboundInboxKeepsWhatItHoldsUntilItIsTrimmed() {
        log.bind(INBOX, Set.of(ALERTS));
        log.append(ALERTS, List.of(event("a"), event("b")));
        log.unbind(INBOX);
        log.append(ALERTS, List.of(event("c")));

        assertThat(ids(INBOX)).containsExactly("a", "b");
        log.trim(
                INBOX,
                log.read(INBOX, Position.START, 1, Duration.ZERO)
                        .result()
                        .getFirst()
                        .position());
        assertThat(ids(INBOX)).containsExactly("b");
        assertThat(log.backlog(INBOX, Position.START).result().entries()).isEqualTo(1);
    }

    private List<String> ids(InboxId inbox) {
        return log.read(inbox, Position.START, 100, Duration.ZERO).result().stream()
                .map(entry -> ((LogEntry.Arrived) entry).id().value())
                .toList();
    }

    private static ProblemType problem(Future<?> future) {
        return ((ProblemException) future.cause()).type();
    }

    private static NewEvent event(String id, String... keys) {
        return new NewEvent(new EventId(id), NOW, List.of(keys), JsonText.EMPTY_OBJECT);
    }
}
