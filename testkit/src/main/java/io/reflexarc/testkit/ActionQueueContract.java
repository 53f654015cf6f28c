// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionOutcome.Failed;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.ActionQueue.Renewal;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.DeadLetters;
import io.reflexarc.core.action.Replacement;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.action.TaskTerms;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ActionQueue} does. A subclass names one implementation and says how tasks get into it. */
public abstract class ActionQueueContract {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration NO_LEASE = Duration.ZERO;
    private static final Wish TASK = new Wish(Optional.empty(), 2, false, true);

    private ActionQueue queue;

    /** The queue of a test; tasks of other tests may be in it. */
    protected abstract ActionQueue queue();

    /** Commits a task of the rule {@code Restart it} as wished, in a queue that only this test uses. */
    protected abstract ActionTask add(Wish wish);

    /** The turn of a waiting task has come. */
    protected abstract void release(TaskId task);

    /** Where a task stands. */
    protected abstract TaskState state(TaskId task);

    /** Which task took the place of another. */
    protected abstract Optional<TaskId> replacedBy(TaskId task);

    @BeforeEach
    void open() {
        queue = queue();
    }

    /** Waits for an answer. */
    protected static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer within a minute", e);
        }
    }

    private List<ClaimedTask> claim(ActionTask task, Duration lease) {
        return await(queue.claim("worker", List.of(task.queue()), 10, lease));
    }

    private ClaimedTask claimOne(ActionTask task) {
        List<ClaimedTask> claimed = claim(task, LEASE);
        assertThat(claimed).hasSize(1);
        return claimed.getFirst();
    }

    private boolean end(ActionTask task, int attempt, TaskState state) {
        ActionOutcome outcome = state == TaskState.SUCCEEDED
                ? ActionOutcome.Succeeded.of(JsonText.EMPTY_OBJECT)
                : Failed.retryable("no route");
        return await(queue.end(task.id(), attempt, state, outcome, Output.NONE));
    }

    private boolean retry(ActionTask task, int attempt) {
        return await(queue.retry(task.id(), attempt, Duration.ZERO, Failed.retryable("no route"), Output.NONE));
    }

    private ActionTask deadLetter(Wish wish) {
        ActionTask task = add(wish);
        assertThat(end(task, claimOne(task).attempt(), TaskState.DEAD_LETTER)).isTrue();
        return task;
    }

    private List<TaskOutcome> told(ActionTask task) {
        return await(queue.unsent(10_000)).stream()
                .map(ActionQueue.Unsent::outcome)
                .filter(outcome -> outcome.task().equals(task.id()))
                .toList();
    }

    private static void assertConflict(Future<?> change) {
        assertThatThrownBy(() -> await(change))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.CONFLICT));
    }

    @Test
    void aQueuedTaskIsCancelledAtOnceAndItsSessionHearsOfIt() {
        ActionTask task = add(TASK.withAwait());

        assertThat(await(queue.cancel(task.id(), "cancelled by ann"))).isEqualTo(TaskState.CANCELLED);

        assertThat(claim(task, LEASE)).isEmpty();
        assertThat(state(task.id())).isEqualTo(TaskState.CANCELLED);
        assertThat(told(task))
                .containsExactly(new TaskOutcome(task.id(), TaskState.CANCELLED, "cancelled by ann", Optional.empty()));
    }

    @Test
    void ofAWaitingTaskThatWasCancelledTheSessionHearsWhenItsTurnHasCome() {
        ActionTask task = add(TASK.withAwait().waiting());

        assertThat(await(queue.cancel(task.id(), "cancelled by ann"))).isEqualTo(TaskState.CANCELLED);

        assertThat(told(task)).as("before its turn").isEmpty();
        release(task.id());
        assertThat(claim(task, LEASE)).isEmpty();
        assertThat(told(task)).extracting(TaskOutcome::state).containsExactly(TaskState.CANCELLED);
    }

    @Test
    void noLaterTaskOfALockKeyOvertakesOneThatWaitsForItsNextAttempt() {
        ActionTask first = add(TASK.locking("db"));
        ActionTask second = add(TASK.locking("db"));
        assertThat(claimOne(first).task().id()).isEqualTo(first.id());

        assertThat(await(queue.postpone(first.id(), 1, Duration.ofHours(1), "busy")))
                .isTrue();
        assertThat(claim(second, LEASE)).as("while the first is postponed").isEmpty();
        assertThat(await(queue.cancel(first.id(), "given up"))).isEqualTo(TaskState.CANCELLED);
        assertThat(claimOne(second).task().id()).isEqualTo(second.id());

        ActionTask third = add(TASK.locking("db"));
        assertThat(await(queue.retry(
                        second.id(), 1, Duration.ZERO, ActionOutcome.Failed.retryable("no route"), Output.NONE)))
                .isTrue();
        assertThat(claimOne(third).task().id())
                .as("its own lock does not hinder it")
                .isEqualTo(second.id());
        assertThat(end(second, 2, TaskState.SUCCEEDED)).isTrue();
        assertThat(claimOne(third).task().id()).isEqualTo(third.id());
    }

    @Test
    void whoeverLeavesALineOthersKeepTheirOrder() {
        List<ActionTask> line =
                IntStream.range(0, 5).mapToObj(i -> add(TASK.locking("db"))).toList();
        assertThat(await(queue.cancel(line.get(2).id(), "from the middle"))).isEqualTo(TaskState.CANCELLED);
        assertThat(await(queue.cancel(line.get(0).id(), "the head, before it ran")))
                .isEqualTo(TaskState.CANCELLED);
        assertThat(claimOne(line.get(1)).task().id()).isEqualTo(line.get(1).id());
        assertThat(end(line.get(1), 1, TaskState.DEAD_LETTER)).isTrue();
        assertThat(claimOne(line.get(3)).task().id()).isEqualTo(line.get(3).id());

        await(queue.revive(line.get(1).id()));

        assertThat(claim(line.get(1), LEASE))
                .as("the revived one waits for its turn")
                .isEmpty();
        assertThat(end(line.get(3), 1, TaskState.SUCCEEDED)).isTrue();
        assertThat(claimOne(line.get(4)).task().id()).isEqualTo(line.get(4).id());
        assertThat(end(line.get(4), 1, TaskState.SUCCEEDED)).isTrue();
        assertThat(claimOne(line.get(1)).attempt()).isEqualTo(2);
        assertThat(end(line.get(1), 2, TaskState.SUCCEEDED)).isTrue();
    }

    @Test
    void aRunningTaskIsCancelledByItsAttemptWhichLearnsOfItAndKeepsItsLockUntilThen() {
        ActionTask task = add(TASK.withAwait().locking("db"));
        assertThat(claimOne(task).attempt()).isEqualTo(1);
        assertThat(await(queue.renew(task.id(), 1, LEASE))).isEqualTo(Renewal.KEPT);

        assertThat(await(queue.cancel(task.id(), "cancelled by ann"))).isEqualTo(TaskState.RUNNING);

        assertThat(state(task.id())).isEqualTo(TaskState.RUNNING);
        assertThat(await(queue.renew(task.id(), 1, LEASE))).isEqualTo(Renewal.CANCELLED);
        ActionTask next = add(TASK.locking("db"));
        assertThat(claim(next, LEASE)).as("the lock is not free yet").isEmpty();
        assertThat(end(task, 1, TaskState.CANCELLED)).isTrue();
        assertThat(state(task.id())).isEqualTo(TaskState.CANCELLED);
        assertThat(told(task))
                .containsExactly(new TaskOutcome(task.id(), TaskState.CANCELLED, "cancelled by ann", Optional.empty()));
        assertThat(claimOne(next).task().id()).isEqualTo(next.id());
        assertThat(await(queue.renew(task.id(), 1, LEASE))).isEqualTo(Renewal.LOST);
    }

    @Test
    void aCancelledTaskIsNeitherRepeatedNorADeadLetterWhenItsAttemptDidNotKnow() {
        ActionTask repeated = add(TASK);
        claimOne(repeated);
        await(queue.cancel(repeated.id(), "cancelled by ann"));
        ActionTask exhausted = add(TASK);
        claimOne(exhausted);
        await(queue.cancel(exhausted.id(), "cancelled by ann"));

        assertThat(retry(repeated, 1)).isTrue();
        assertThat(end(exhausted, 1, TaskState.DEAD_LETTER)).isTrue();

        assertThat(state(repeated.id())).isEqualTo(TaskState.CANCELLED);
        assertThat(state(exhausted.id())).isEqualTo(TaskState.CANCELLED);
        assertThat(claim(repeated, LEASE)).isEmpty();
    }

    @Test
    void aTaskThatSucceededBeforeItsAttemptHeardOfTheCancelHasSucceeded() {
        ActionTask task = add(TASK);
        claimOne(task);
        await(queue.cancel(task.id(), "cancelled by ann"));

        assertThat(end(task, 1, TaskState.SUCCEEDED)).isTrue();

        assertThat(state(task.id())).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void aCancelledTaskWhoseWorkerDiedEndsAsCancelled() {
        ActionTask task = add(TASK.withAwait());
        claim(task, NO_LEASE);
        await(queue.cancel(task.id(), "cancelled by ann"));

        await(queue.recoverLost());

        assertThat(state(task.id())).isEqualTo(TaskState.CANCELLED);
        assertThat(told(task)).extracting(TaskOutcome::message).containsExactly("cancelled by ann");
        assertThat(end(task, 1, TaskState.SUCCEEDED))
                .as("a report from the dead")
                .isFalse();
    }

    @Test
    void anAttemptThatLostItsTaskDoesNotCancelIt() {
        ActionTask task = add(TASK);
        claim(task, NO_LEASE);
        await(queue.recoverLost());
        assertThat(claimOne(task).attempt()).isEqualTo(2);

        assertThat(end(task, 1, TaskState.CANCELLED)).isFalse();
        assertThat(retry(task, 1)).isFalse();
        assertThat(end(task, 1, TaskState.DEAD_LETTER)).isFalse();
        assertThat(await(queue.renew(task.id(), 1, LEASE))).isEqualTo(Renewal.LOST);

        assertThat(state(task.id())).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void whatHasEndedAndWhatIsADeadLetterCannotBeCancelled() {
        ActionTask ended = add(TASK);
        claimOne(ended);
        end(ended, 1, TaskState.SUCCEEDED);
        ActionTask dead = deadLetter(TASK);

        assertConflict(queue.cancel(ended.id(), "no"));
        assertConflict(queue.cancel(dead.id(), "no"));
    }

    @Test
    void anotherTaskWithOtherArgumentsTakesThePlaceOfADeadLetter() {
        ActionTask dead = deadLetter(TASK.withAwait().locking("db"));
        await(queue.markSent(List.of(dead.id())));
        JsonText arguments = JsonText.ofString("{\"url\":\"http://b\"}");
        TaskTerms terms = new TaskTerms(
                new RetryPolicy(3, Duration.ZERO, 1, Duration.ZERO, 0), Duration.ofMinutes(9), Optional.of("web"));

        var by = Replacement.edited(arguments, terms);

        TaskId next = await(queue.replace(dead.id(), by));

        assertThat(state(dead.id())).isEqualTo(TaskState.DROPPED);
        assertThat(replacedBy(dead.id())).contains(next);
        ClaimedTask claimed = claimOne(dead);
        assertThat(claimed.attempt()).isEqualTo(1);
        assertThat(claimed.task()).isEqualTo(dead.replacedBy(by));
        assertThat(claimed.task().id()).isEqualTo(next).isNotEqualTo(dead.id());
        assertThat(claimed.task().idempotencyKey()).isNotEqualTo(dead.idempotencyKey());
        assertThat(claimed.task().decision()).isEqualTo(dead.decision());
        assertThat(claimed.task().lockKey().orElseThrow()).endsWith("/web");
        assertThat(end(claimed.task(), 1, TaskState.SUCCEEDED)).isTrue();
        assertThat(told(claimed.task())).as("the session has heard the end").isEmpty();
        assertThat(told(dead)).isEmpty();
        assertConflict(queue.replace(dead.id(), by));
    }

    @Test
    void whatAnotherVersionDecidedTakesThePlaceOfADeadLetter() {
        ActionTask dead = deadLetter(TASK);
        JsonText context = JsonText.ofString("{\"ruleset\":\"set\",\"rule\":\"rule\",\"event\":{\"i\":2}}");
        var again = new Replacement.Again(4, "run_job_template", context, List.of("web"));
        var by = new Replacement(JsonText.ofString("{\"name\":\"mend\"}"), TaskTerms.DEFAULT, Optional.of(again));

        await(queue.replace(dead.id(), by));

        ClaimedTask claimed = claimOne(dead);
        assertThat(claimed.task()).isEqualTo(dead.replacedBy(by));
        assertThat(claimed.task().action()).isEqualTo("run_job_template");
        assertThat(claimed.task().context()).isEqualTo(context);
    }

    @Test
    void aRevivedDeadLetterThatIsCancelledTellsTheSessionNothingMore() {
        ActionTask dead = deadLetter(TASK.withAwait());
        await(queue.markSent(List.of(dead.id())));
        await(queue.revive(dead.id()));

        assertThat(await(queue.cancel(dead.id(), "cancelled by ann"))).isEqualTo(TaskState.CANCELLED);

        assertThat(told(dead)).isEmpty();
    }

    @Test
    void aPostponedAttemptIsNotSpent() {
        ActionTask task = add(new Wish(Optional.of("db"), 1, false, true));
        assertThat(claimOne(task).attempt()).isEqualTo(1);

        assertThat(await(queue.postpone(task.id(), 1, Duration.ZERO, "a:80 is down")))
                .isTrue();

        assertThat(state(task.id())).isEqualTo(TaskState.QUEUED);
        assertThat(await(queue.postpone(task.id(), 1, Duration.ZERO, "a:80 is down")))
                .as("once")
                .isFalse();
        ClaimedTask again = claimOne(task);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.task().retry().attempts()).as("one is left").isEqualTo(2);
        assertThat(end(task, 1, TaskState.SUCCEEDED)).isFalse();
        assertThat(await(queue.cancel(task.id(), "cancelled by ann"))).isEqualTo(TaskState.RUNNING);
        assertThat(await(queue.postpone(task.id(), 2, Duration.ZERO, "a:80 is down")))
                .isTrue();
        assertThat(state(task.id())).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void anAttemptThatIsStoppedWithItsWorkerIsNotSpent() {
        ActionTask task = add(new Wish(Optional.of("db"), 1, false, true));
        assertThat(claimOne(task).attempt()).isEqualTo(1);

        assertThat(giveBack(task, 1)).isTrue();

        assertThat(giveBack(task, 1)).as("once").isFalse();
        ClaimedTask again = claimOne(task);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.task().retry().attempts()).as("one is left").isEqualTo(2);
        assertThat(await(queue.cancel(task.id(), "cancelled by ann"))).isEqualTo(TaskState.RUNNING);
        assertThat(giveBack(task, 2)).isTrue();
        assertThat(state(task.id())).isEqualTo(TaskState.CANCELLED);
    }

    private boolean giveBack(ActionTask task, int attempt) {
        return await(queue.giveBack(task.id(), attempt, Failed.retryable("the worker was stopped"), Output.NONE));
    }

    @Test
    void deadLettersAreRevivedAndDroppedByFilterWithABound() {
        List<ActionTask> dead = List.of(deadLetter(TASK), deadLetter(TASK), deadLetter(TASK));
        ActionTask first = dead.getFirst();
        DeadLetters mine = new DeadLetters(
                Optional.of(first.action()),
                Optional.of("Restart it"),
                Optional.of(first.activation()),
                Optional.empty(),
                Optional.empty());
        DeadLetters otherRule = new DeadLetters(
                Optional.empty(),
                Optional.of("Another"),
                Optional.of(first.activation()),
                Optional.empty(),
                Optional.empty());

        assertThat(await(queue.dropAll(otherRule, 10))).isZero();
        assertThat(await(queue.reviveAll(mine, 2))).isEqualTo(2);
        assertThat(claim(first, LEASE)).hasSize(2);
        assertThat(await(queue.dropAll(mine, 10))).isEqualTo(1);
        assertThat(await(queue.dropAll(mine, 10))).isZero();
        assertThat(dead).extracting(task -> state(task.id())).contains(TaskState.DROPPED);
    }

    /**
     * What a task is to be like.
     *
     * @param lock tasks of a test with the same one do not run at the same time
     * @param attempts allowed
     * @param awaited whether a session waits for it
     * @param released whether it may start at once
     */
    public record Wish(Optional<String> lock, int attempts, boolean awaited, boolean released) {
        Wish withAwait() {
            return new Wish(lock, attempts, true, released);
        }

        Wish waiting() {
            return new Wish(lock, attempts, awaited, false);
        }

        Wish locking(String key) {
            return new Wish(Optional.of(key), attempts, awaited, released);
        }
    }
}
