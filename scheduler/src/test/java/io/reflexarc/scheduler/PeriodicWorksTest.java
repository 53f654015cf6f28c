// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.InMemoryActionQueue;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.InMemoryLiveFeed;
import io.reflexarc.core.log.InMemoryEventLog;
import io.reflexarc.core.log.InboxMessage;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeriodicWorksTest {
    private static final ActivationId ACTIVATION = new ActivationId(7);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    private final InstantSource clock = now::get;
    private final InMemoryActionQueue queue = new InMemoryActionQueue(clock);
    private final InMemoryEventLog log =
            new InMemoryEventLog(clock, (wait, wake) -> wake.run(), new InMemoryEventLog.Bounds(1000, 1000));

    @Test
    void appendsEachAwaitedOutcomeOnceAndMarksIt() {
        log.open(new Incarnation(UUID.randomUUID())).await();
        List<ActionTask> tasks = IntStream.range(0, 250).mapToObj(this::ended).toList();

        assertThat(new OutcomeSweeper(queue, log, clock).sweep().await()).isEqualTo(250);

        assertThat(queue.unsent(10).await()).isEmpty();
        assertThat(new OutcomeSweeper(queue, log, clock).sweep().await()).isZero();
        assertThat(inbox())
                .containsExactlyInAnyOrderElementsOf(
                        tasks.stream().map(ActionTask::id).toList());
    }

    @Test
    void appendsAgainAfterACrashBeforeTheMarkAndTheLogTakesItOnce() {
        log.open(new Incarnation(UUID.randomUUID())).await();
        ActionTask task = ended(0);
        log.append(
                        InboxId.of(ACTIVATION),
                        new InboxMessage.Ended(
                                clock.instant(),
                                queue.unsent(1).await().getFirst().outcome()))
                .await();

        new OutcomeSweeper(queue, log, clock).sweep().await();

        assertThat(queue.unsent(1).await()).isEmpty();
        assertThat(inbox()).containsExactly(task.id());
    }

    @Test
    void keepsOutcomesThatTheLogDidNotTake() {
        ended(0);

        assertThatThrownBy(() -> new OutcomeSweeper(queue, log, clock).sweep().await())
                .isInstanceOf(ProblemException.class);
        assertThat(queue.unsent(10).await()).hasSize(1);
    }

    @Test
    void wakesWorkersWhenTasksOfALostWorkerAreBack() {
        InMemoryLiveFeed live = new InMemoryLiveFeed(Runnable::run);
        List<String> rung = new ArrayList<>();
        live.onRing("tasks", () -> rung.add("tasks")).await();
        ActionTask task = task(0);
        queue.add(task, Optional.empty(), true);
        queue.claim("dead", List.of("default"), 1, Duration.ofSeconds(15)).await();
        PeriodicWork work = PeriodicWorks.recoverLostTasks(queue, live);

        work.work().get().await();
        assertThat(rung).isEmpty();
        now.updateAndGet(instant -> instant.plusSeconds(15));
        work.work().get().await();

        assertThat(rung).containsExactly("tasks");
        assertThat(queue.find(task.id()).orElseThrow().state()).isEqualTo(TaskState.QUEUED);
    }

    private List<TaskId> inbox() {
        return log.read(InboxId.of(ACTIVATION), Position.START, 1000, Duration.ZERO).await().stream()
                .map(LogEntry.Ended.class::cast)
                .map(entry -> entry.outcome().task())
                .toList();
    }

    private ActionTask ended(int number) {
        ActionTask task = task(number);
        queue.add(task, Optional.empty(), true);
        queue.claim("w", List.of("default"), 1, Duration.ofSeconds(15)).await();
        queue.end(task.id(), 1, TaskState.SUCCEEDED, ActionOutcome.Succeeded.of(JsonText.EMPTY_OBJECT), Output.NONE)
                .await();
        return task;
    }

    private static ActionTask task(int number) {
        DecisionId decision = new DecisionId(new UUID(1, number));
        return new ActionTask(
                TaskId.of(decision, 0),
                decision,
                ACTIVATION,
                0,
                "none",
                JsonText.EMPTY_OBJECT,
                ActionTask.DEFAULT_QUEUE,
                Optional.empty(),
                new RetryPolicy(2, Duration.ZERO, 1, Duration.ZERO, 0),
                Duration.ofSeconds(30),
                true,
                JsonText.EMPTY_OBJECT,
                List.of(),
                "key-" + number);
    }
}
