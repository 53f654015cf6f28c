// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InMemoryActionQueueTest {
    private static final List<String> DEFAULT = List.of(ActionTask.DEFAULT_QUEUE);
    private static final Duration LEASE = Duration.ofSeconds(15);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    private final InMemoryActionQueue queue = new InMemoryActionQueue(now::get);

    @Test
    void handsOutWhatACommitDecidedInOrderAndWhatWaitsOnlyWhenItIsReleased() {
        ActionTask first = task(1, Optional.empty());
        ActionTask second = task(2, Optional.empty());
        queue.committed(commit(List.of(decision(first, second)), List.of()), Optional.of("hosts"));

        assertThat(claim(5)).containsExactly(new ClaimedTask(first, 1, Optional.of("hosts")));
        queue.committed(commit(List.of(), List.of(new ActionProgress.Released(second.id()))), Optional.empty());
        assertThat(claim(5)).containsExactly(new ClaimedTask(second, 1, Optional.of("hosts")));
        assertThat(claim(5)).isEmpty();
    }

    @Test
    void givesOutOneTaskPerLockUntilItHasEndedAndKnowsWhenTheNextIsDue() {
        add(task(1, Optional.of("db")), task(2, Optional.of("db")), task(3, Optional.of("web")));

        List<ClaimedTask> claimed = claim(5);
        assertThat(claimed).extracting(one -> one.task().index()).containsExactly(1, 3);
        assertThat(queue.nextDue(DEFAULT).await()).isEmpty();
        queue.retry(claimed.getFirst().task().id(), 1, Duration.ofSeconds(9), failed(), Output.NONE)
                .await();

        assertThat(queue.nextDue(DEFAULT).await())
                .as("the second does not overtake the first")
                .contains(Duration.ofSeconds(9));
        assertThat(claim(5)).isEmpty();
        queue.cancel(claimed.getFirst().task().id(), "given up").await();
        assertThat(queue.nextDue(DEFAULT).await()).contains(Duration.ZERO);
        assertThat(claim(5)).extracting(one -> one.task().index()).containsExactly(2);
        assertThat(queue.nextDue(List.of("other")).await()).isEmpty();
    }

    @Test
    void fencesReportsOfOldAttempts() {
        ActionTask task = task(1, Optional.empty());
        add(task);
        claim(1);
        pass(LEASE);
        assertThat(queue.recoverLost().await()).isEqualTo(1);
        claim(1);

        assertThat(queue.renew(task.id(), 1, LEASE).await()).isEqualTo(ActionQueue.Renewal.LOST);
        assertThat(end(task, 1, TaskState.SUCCEEDED)).isFalse();
        assertThat(queue.renew(task.id(), 2, LEASE).await()).isEqualTo(ActionQueue.Renewal.KEPT);
        assertThat(end(task, 2, TaskState.SUCCEEDED)).isTrue();
        assertThat(end(task, 2, TaskState.SUCCEEDED)).isFalse();
    }

    @Test
    void revivesADeadLetterWithAllItsAttemptsAndTellsTheSessionOnce() {
        ActionTask task = task(1, Optional.empty());
        add(task);
        claim(1);
        end(task, 1, TaskState.DEAD_LETTER);
        assertThat(queue.unsent(9).await()).hasSize(1);
        queue.markSent(List.of(task.id())).await();

        queue.revive(task.id()).await();
        ClaimedTask again = claim(1).getFirst();

        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.task().retry().attempts()).isEqualTo(3);
        assertThat(end(task, 2, TaskState.SUCCEEDED)).isTrue();
        assertThat(queue.unsent(9).await()).isEmpty();
        assertThatThrownBy(() -> queue.drop(task.id()).await()).isInstanceOf(ProblemException.class);
    }

    @Test
    void makesADeadLetterOfALostTaskWithoutAttempts() {
        ActionTask task = task(1, Optional.empty());
        add(task);
        for (int attempt = 1; attempt <= ActionQueue.ATTEMPTS_WHEN_LOST; attempt++) {
            claim(1);
            pass(LEASE);
            queue.recoverLost().await();
        }

        assertThat(queue.find(task.id()).orElseThrow().state()).isEqualTo(TaskState.DEAD_LETTER);
        assertThat(queue.unsent(9).await().getFirst().outcome().message()).contains("no attempt is left");
        queue.drop(task.id()).await();
        assertThat(queue.find(task.id()).orElseThrow().state()).isEqualTo(TaskState.DROPPED);
    }

    @Test
    void refusesEndsThatTheLifecycleForbids() {
        ActionTask task = task(1, Optional.empty());
        add(task);
        claim(1);

        assertThatThrownBy(() -> end(task, 1, TaskState.QUEUED)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> end(task, 1, TaskState.DROPPED)).isInstanceOf(IllegalArgumentException.class);
        assertThat(end(task, 1, TaskState.FAILED)).isTrue();
    }

    private void add(ActionTask... tasks) {
        for (ActionTask task : tasks) {
            queue.add(task, Optional.empty(), true);
            pass(Duration.ofMillis(1));
        }
    }

    private List<ClaimedTask> claim(int max) {
        return queue.claim("w", DEFAULT, max, LEASE).await();
    }

    private boolean end(ActionTask task, int attempt, TaskState state) {
        return queue.end(task.id(), attempt, state, failed(), Output.NONE).await();
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private static ActionOutcome.Failed failed() {
        return ActionOutcome.Failed.retryable("no");
    }

    private static Commit commit(List<Decision> decisions, List<ActionProgress> progress) {
        return new Commit(
                InboxId.of(new ActivationId(1)),
                1,
                Position.START,
                Position.START,
                decisions,
                progress,
                Optional.empty(),
                1);
    }

    /** The first may start, the others wait for it. */
    private static Decision decision(ActionTask... tasks) {
        List<DecidedAction> actions = Stream.of(tasks)
                .<DecidedAction>map(task -> new DecidedAction.Delegated(task.index(), task, task.index() == 1))
                .toList();
        return new Decision(
                tasks[0].decision(), Position.START, 0, "s", "r", 1, Instant.EPOCH, false, List.of(), actions);
    }

    private static ActionTask task(int index, Optional<String> lock) {
        DecisionId decision = new DecisionId(new UUID(0, 7));
        return new ActionTask(
                TaskId.of(decision, index),
                decision,
                new ActivationId(1),
                index,
                "any",
                JsonText.EMPTY_OBJECT,
                ActionTask.DEFAULT_QUEUE,
                lock,
                new RetryPolicy(2, Duration.ZERO, 1, Duration.ZERO, 0),
                Duration.ofSeconds(30),
                true,
                JsonText.EMPTY_OBJECT,
                List.of(),
                "key-" + index);
    }
}
