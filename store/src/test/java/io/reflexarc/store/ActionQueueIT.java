// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.ActionOutcome.Failed;
import io.reflexarc.core.action.ActionOutcome.Succeeded;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.ActionQueue.Unsent;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.audit.ActionView;
import io.reflexarc.core.audit.ActionView.Attempt;
import io.reflexarc.core.audit.TaskSummary;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks as workers see them. Each test has a queue of its own. */
@SuppressWarnings("NullAway.Init")
class ActionQueueIT {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Succeeded SUCCESS =
            new Succeeded(JsonText.ofString("{\"status\":200}"), Optional.of(JsonText.ofString("{\"a\" : 1}")));
    private static TestStore server;
    private static ActionQueue queue;
    private Activation activation;
    private long epoch;
    private long entry;
    private String mine;

    @BeforeAll
    static void open() {
        server = new TestStore();
        queue = server.store.actions();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void claimAnActivation() {
        activation = server.activation();
        mine = "queue " + activation.id();
        epoch = await(server.store.leases().claim(activation.id(), "owner", LEASE))
                .orElseThrow()
                .epoch();
        entry = 0;
    }

    private Sample.Task task(int index) {
        return Sample.task(activation, entry + 1, 0, index).queue(mine);
    }

    private Decision commit(DecidedAction... actions) {
        entry++;
        Decision decision = Sample.decision(activation, entry, 0, actions);
        await(server.store.decisions().commit(Sample.commit(activation, epoch, entry, decision)));
        return decision;
    }

    private List<ClaimedTask> claim(int max) {
        return await(queue.claim("worker", List.of(mine), max, LEASE));
    }

    private ClaimedTask claimOne() {
        List<ClaimedTask> claimed = claim(10);
        assertThat(claimed).hasSize(1);
        return claimed.getFirst();
    }

    private boolean succeed(ClaimedTask task) {
        return await(queue.end(task.task().id(), task.attempt(), TaskState.SUCCEEDED, SUCCESS, Output.NONE));
    }

    private boolean exhaust(ClaimedTask task) {
        return await(queue.end(
                task.task().id(), task.attempt(), TaskState.DEAD_LETTER, Failed.retryable("refused"), Output.NONE));
    }

    private static TaskSummary summary(TaskId task) {
        return await(server.store.audit().task(task)).orElseThrow();
    }

    private ActionView view(Decision decision, int index) {
        return await(server.store.audit().decision(decision.id()))
                .orElseThrow()
                .actions()
                .get(index);
    }

    private String status(Decision decision) {
        return await(server.store.audit().decision(decision.id()))
                .orElseThrow()
                .summary()
                .status();
    }

    private List<TaskOutcome> unsent() {
        return await(queue.unsent(1000)).stream()
                .filter(outcome -> outcome.inbox().equals(InboxId.of(activation.id())))
                .map(Unsent::outcome)
                .toList();
    }

    private void loseLease(TaskId task) {
        server.database.execute("update tasks set lease_until = now() - interval '1 second' where id = '" + task + "'");
        await(queue.recoverLost());
    }

    @Test
    void aClaimedTaskIsWhatWasDecidedWithTheInventoryOfItsActivation() {
        Sample.Task task = task(0).locking("host");
        commit(task.released());

        ClaimedTask claimed = claimOne();

        assertThat(claimed).isEqualTo(new ClaimedTask(task.task(), 1, Optional.of("all:\n")));
        assertThat(claim(10)).isEmpty();
        assertThat(summary(task.task().id()).state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void claimsTheOldestFirstAndNoMoreThanAsked() {
        commit(task(0).released(), task(1).released());
        commit(task(0).released());

        List<ClaimedTask> claimed = claim(2);

        assertThat(claimed)
                .extracting(one -> one.task().id())
                .containsExactly(TaskId.of(Sample.id(activation, 1, 0), 0), TaskId.of(Sample.id(activation, 1, 0), 1));
        assertThat(claim(2)).hasSize(1);
    }

    @Test
    void claimsOnlyFromTheGivenQueues() {
        commit(task(0).released());

        assertThat(await(queue.claim("worker", List.of("other"), 10, LEASE))).isEmpty();
        assertThat(await(queue.claim("worker", List.of("other", mine), 10, LEASE)))
                .hasSize(1);
    }

    @Test
    void tasksWithOneLockKeyRunOneAfterTheOther() {
        commit(
                task(0).locking("db of " + mine).released(),
                task(1).locking("db of " + mine).released(),
                task(2).released());

        List<ClaimedTask> first = claim(10);
        assertThat(first).extracting(one -> one.task().index()).containsExactly(0, 2);
        assertThat(await(queue.nextDue(List.of(mine)))).isEmpty();
        assertThat(claim(10)).isEmpty();

        succeed(first.getFirst());
        assertThat(await(queue.nextDue(List.of(mine)))).contains(Duration.ZERO);
        assertThat(claimOne().task().index()).isEqualTo(1);
    }

    @Test
    void aRetriedTaskIsDueAfterItsDelayAndItsOldAttemptIsFenced() {
        Decision decision = commit(task(0).locking("db of " + mine).released());
        ClaimedTask first = claimOne();

        assertThat(await(queue.retry(
                        first.task().id(), 1, Duration.ofHours(1), Failed.retryable("no route"), Output.NONE)))
                .isTrue();

        assertThat(claim(10)).isEmpty();
        assertThat(await(queue.nextDue(List.of(mine))).orElseThrow())
                .isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(summary(first.task().id()).message()).isEqualTo("no route");
        server.database.execute(
                "update tasks set due_at = now() where id = '" + first.task().id() + "'");
        ClaimedTask second = claimOne();
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(succeed(first)).isFalse();
        assertThat(await(queue.renew(first.task().id(), 1, LEASE))).isEqualTo(ActionQueue.Renewal.LOST);
        assertThat(await(queue.retry(first.task().id(), 1, LEASE, Failed.retryable("x"), Output.NONE)))
                .isFalse();
        assertThat(succeed(second)).isTrue();
        assertThat(view(decision, 0).attempts()).extracting(Attempt::outcome).containsExactly("failed", "succeeded");
    }

    @Test
    void anEndedTaskMovesToTheAuditWithItsAttemptAndItsOutput() {
        Decision decision = commit(task(0).released());
        ClaimedTask claimed = claimOne();
        Output output = new Output("line one\0", 100_000, Optional.of("outputs/1"));

        assertThat(await(queue.end(claimed.task().id(), 1, TaskState.SUCCEEDED, SUCCESS, output)))
                .isTrue();

        ActionView view = view(decision, 0);
        assertThat(view.state()).isEqualTo("succeeded");
        assertThat(view.result()).isEqualTo(SUCCESS.result());
        assertThat(view.output()).isEqualTo("line one\uFFFD");
        assertThat(view.outputSize()).isEqualTo(100_000);
        assertThat(view.outputArtifact()).contains("outputs/1");
        assertThat(view.attempts()).extracting(Attempt::worker).containsExactly("worker");
        assertThat(view.endedAt()).isPresent();
        assertThat(status(decision)).isEqualTo("successful");
        assertThat(succeed(claimed)).as("a second report").isFalse();
    }

    @Test
    void anAwaitedOutcomeIsUnsentUntilItIsMarked() {
        commit(task(0).awaited().released(), task(1).released());
        claim(10).forEach(this::succeed);
        TaskId awaited = TaskId.of(Sample.id(activation, 1, 0), 0);

        assertThat(unsent()).containsExactly(new TaskOutcome(awaited, TaskState.SUCCEEDED, "", SUCCESS.feedback()));

        await(queue.markSent(List.of(awaited)));
        assertThat(unsent()).isEmpty();
    }

    @Test
    void aFailureCanHaveSomethingToSendBackToo() {
        commit(task(0).awaited().released());
        TaskId id = claimOne().task().id();
        var feedback = Optional.of(JsonText.ofString("{\"made\":1}"));
        var failed = new Failed("no", false, Optional.empty(), JsonText.EMPTY_OBJECT, feedback);

        await(queue.end(id, 1, TaskState.FAILED, failed, Output.NONE));

        assertThat(unsent()).containsExactly(new TaskOutcome(id, TaskState.FAILED, "no", feedback));
    }

    @Test
    void aLostTaskIsQueuedAgainAndAfterItsLastAttemptItIsADeadLetterThatTellsTheSession() {
        Decision decision = commit(task(0).awaited().locking("db of " + mine).released());
        TaskId id = claimOne().task().id();
        await(queue.output(id, 1, new Output("half a line", 11, Optional.empty())));

        loseLease(id);
        assertThat(summary(id).state()).isEqualTo(TaskState.QUEUED);
        assertThat(unsent()).isEmpty();
        assertThat(view(decision, 0).output()).isEqualTo("half a line");

        assertThat(claimOne().attempt()).isEqualTo(2);
        loseLease(id);
        assertThat(summary(id).state())
                .as("a death is no failure of the action")
                .isEqualTo(TaskState.QUEUED);

        ClaimedTask last = claimOne();
        assertThat(last.attempt()).isEqualTo(ActionQueue.ATTEMPTS_WHEN_LOST);
        loseLease(id);
        assertThat(summary(id).state()).isEqualTo(TaskState.DEAD_LETTER);
        assertThat(unsent()).extracting(TaskOutcome::state).containsExactly(TaskState.DEAD_LETTER);
        assertThat(view(decision, 0).attempts()).extracting(Attempt::outcome).containsExactly("lost", "lost", "lost");
        assertThat(status(decision)).isEqualTo("failed");
        assertThat(succeed(last)).isFalse();
    }

    @Test
    void aTaskWhoseLeaseIsGoodIsNotLost() {
        commit(task(0).released());
        ClaimedTask claimed = claimOne();
        server.database.execute("update tasks set lease_until = now() - interval '1 second' where id = '"
                + claimed.task().id() + "'");

        assertThat(await(queue.renew(claimed.task().id(), 1, LEASE))).isEqualTo(ActionQueue.Renewal.KEPT);
        await(queue.recoverLost());

        assertThat(succeed(claimed)).isTrue();
    }

    @Test
    void aRevivedDeadLetterGetsItsAttemptsAgainAndTellsTheSessionNothingMore() {
        Decision decision = commit(task(0).awaited().released());
        ClaimedTask first = claimOne();
        await(queue.retry(first.task().id(), 1, Duration.ZERO, Failed.retryable("no route"), Output.NONE));
        exhaust(claimOne());
        TaskId id = first.task().id();
        assertThat(unsent()).hasSize(1);
        await(queue.markSent(List.of(id)));

        await(queue.revive(id));

        assertThat(status(decision)).isEqualTo("pending");
        ClaimedTask third = claimOne();
        assertThat(third.attempt()).isEqualTo(3);
        assertThat(third.task().retry().attempts()).isEqualTo(4);
        assertThat(status(decision)).isEqualTo("running");
        assertThat(succeed(first)).as("a report from before").isFalse();
        assertThat(succeed(third)).isTrue();
        assertThat(unsent()).isEmpty();
        assertThat(status(decision)).isEqualTo("successful");
        assertThat(await(server.store
                        .decisions()
                        .decisions(InboxId.of(activation.id()), Sample.entry(0), Sample.entry(1))))
                .containsExactly(decision);
    }

    @Test
    void aDroppedDeadLetterEndsAndTellsTheSessionNothingMore() {
        Decision decision = commit(task(0).once().awaited().released());
        ClaimedTask claimed = claimOne();
        exhaust(claimed);
        await(queue.markSent(List.of(claimed.task().id())));

        await(queue.drop(claimed.task().id()));

        TaskSummary dropped = summary(claimed.task().id());
        assertThat(dropped.state()).isEqualTo(TaskState.DROPPED);
        assertThat(dropped.message()).isEqualTo("refused");
        assertThat(unsent()).isEmpty();
        assertThat(status(decision)).isEqualTo("failed");
        assertThat(view(decision, 0).attempts()).hasSize(1);
    }

    @Test
    void onlyADeadLetterCanBeRevivedOrDropped() {
        commit(task(0).released());
        TaskId id = TaskId.of(Sample.id(activation, 1, 0), 0);

        assertThatThrownBy(() -> await(queue.revive(id))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> await(queue.drop(id)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is no dead letter");
        assertThat(summary(id).state()).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void anAttemptCannotEndItsTaskInAStateThatTheLifecycleForbids() {
        commit(task(0).released());
        ClaimedTask claimed = claimOne();

        assertThatThrownBy(() -> queue.end(claimed.task().id(), 1, TaskState.QUEUED, SUCCESS, Output.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> queue.end(claimed.task().id(), 1, TaskState.DROPPED, SUCCESS, Output.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(succeed(claimed)).isTrue();
    }

    @Test
    void aFailureOfOneTaskMakesItsDecisionFailedAtOnce() {
        Decision decision = commit(task(0).released(), task(1).released(), Sample.done(2));
        assertThat(status(decision)).isEqualTo("pending");
        List<ClaimedTask> claimed = claim(10);
        assertThat(status(decision)).isEqualTo("running");

        await(queue.end(
                claimed.getFirst().task().id(), 1, TaskState.FAILED, Failed.permanent("wrong host"), Output.NONE));

        assertThat(status(decision)).isEqualTo("failed");
        assertThat(view(decision, 0).message()).isEqualTo("wrong host");
        succeed(claimed.getLast());
        assertThat(status(decision)).isEqualTo("failed");
    }

    @Test
    void manyLockKeysInOneClaimAreEachTakenOnce() {
        commit(IntStream.range(0, 40)
                .mapToObj(i -> task(i).locking("host " + i % 10).released())
                .toArray(DecidedAction[]::new));

        assertThat(claim(40))
                .extracting(one -> one.task().lockKey())
                .hasSize(10)
                .doesNotHaveDuplicates();
    }
}
