// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.history.EventHistory;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/** A log under test, streams and inboxes, and words to ask it with. */
@SuppressWarnings("NullAway.Init")
abstract class LogFixture {
    /** What the clock of the logs under test always says. */
    protected static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    static final int INBOX_BOUND = 5;
    static final int HISTORY_BOUND = 100;
    static final Duration NO_WAIT = Duration.ZERO;

    final StreamId alerts = new StreamId(UUID.randomUUID());
    final StreamId pushes = new StreamId(UUID.randomUUID());
    final InboxId first = InboxId.of(new ActivationId(1));
    final InboxId second = InboxId.of(new ActivationId(2));
    final Incarnation incarnation = new Incarnation(UUID.randomUUID());
    EventLog log;

    /** An empty log without an incarnation, with these bounds. */
    protected abstract EventLog newLog(int inboxBound, int historyBound, InstantSource clock);

    /** The history of a log that {@link #newLog} made. */
    protected abstract EventHistory history(EventLog log);

    @BeforeEach
    void openALog() {
        log = newLog(INBOX_BOUND, HISTORY_BOUND, InstantSource.fixed(NOW));
        await(log.open(incarnation));
    }

    NewEvent event(String id, String... keys) {
        return new NewEvent(
                new EventId(id),
                NOW.minusSeconds(10),
                List.of(keys),
                JsonText.ofString("{\"payload\":{\"text\":\"grüße \\u0000\"},\"meta\":{\"uuid\":\"" + id + "\"}}"));
    }

    static TaskId task(int number) {
        return new TaskId(new UUID(0, number));
    }

    List<LogEntry> read(InboxId inbox, Position after) {
        return await(log.read(inbox, after, 1_000, NO_WAIT));
    }

    List<LogEntry.Arrived> arrived(InboxId inbox) {
        return read(inbox, Position.START).stream()
                .map(LogEntry.Arrived.class::cast)
                .toList();
    }

    static List<String> ids(List<LogEntry> entries) {
        return entries.stream()
                .map(entry -> ((LogEntry.Arrived) entry).id().value())
                .toList();
    }

    static void assertProblem(ProblemType type, ThrowingCallable call) {
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
