// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.ActionQueue.Renewal;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerVerticleTest {
    private static final RetryPolicy THRICE = new RetryPolicy(3, Duration.ofSeconds(10), 2, Duration.ofMinutes(1), 0);

    private static final Duration STEP = Duration.ofSeconds(7);

    private final Stage stage = new Stage();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void runsATaskAndTellsEverybody() {
        stage.start(context -> {
            context.print("hello\n");
            return Stage.WELL;
        });

        ActionTask task = stage.add(Stage.task(RetryPolicy.NONE));

        assertThat(stage.awaits(task, TaskState.RUNNING).attempt()).isEqualTo(1);
        assertThat(stage.awaits(LiveUpdate.Printed.class, update -> true).text())
                .isEqualTo("hello\n");
        assertThat(stage.awaits(task, TaskState.SUCCEEDED).message()).isEmpty();
        assertThat(stage.find(task).output()).isEqualTo(new Output("hello\n", 6, Optional.empty()));
        stage.clock.advance(Duration.ofSeconds(2));
        LiveUpdate.Counted counted = stage.awaits(
                LiveUpdate.Counted.class, update -> !update.counts().isEmpty());
        assertThat(counted.counts()).containsOnly(Map.entry("actions/succeeded", 1L));
        assertThat(counted.gauges()).containsKey("tasks_running");
        assertThat(stage.registry
                        .timer("reflexarc.attempt.seconds", "action", "perform", "outcome", "succeeded")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void retriesAFailedTaskAfterItsBackoff() {
        List<String> keys = new CopyOnWriteArrayList<>();
        stage.start(context -> {
            keys.add(context.idempotencyKey());
            return context.attempt() == 1 ? ActionOutcome.Failed.retryable("no luck") : Stage.WELL;
        });
        Instant begin = stage.clock.instant();

        ActionTask task = stage.add(Stage.task(THRICE));

        assertThat(stage.awaits(task, TaskState.QUEUED).message()).isEqualTo("no luck");
        assertThat(stage.find(task).due()).isEqualTo(begin.plusSeconds(10));
        stage.clock.advance(Duration.ofSeconds(10));
        assertThat(stage.awaits(task, TaskState.SUCCEEDED).attempt()).isEqualTo(2);
        assertThat(keys).containsExactly(task.idempotencyKey(), task.idempotencyKey());
    }

    @Test
    void makesADeadLetterOfTheLastFailure() {
        stage.start(context -> {
            throw new IllegalStateException("attempt " + context.attempt() + " broke");
        });
        ActionTask task = stage.add(Stage.task(new RetryPolicy(2, Duration.ZERO, 1, Duration.ZERO, 0)));

        assertThat(stage.awaits(task, TaskState.DEAD_LETTER).message()).isEqualTo("attempt 2 broke");
        assertThat(stage.find(task).state()).isEqualTo(TaskState.DEAD_LETTER);
    }

    @Test
    void doesNotRepeatWhatCannotSucceed() {
        stage.start(context -> ActionOutcome.Failed.permanent("forbidden"));
        ActionTask task = stage.add(Stage.task(THRICE));

        assertThat(stage.awaits(task, TaskState.FAILED).attempt()).isEqualTo(1);
        assertThat(stage.find(task).message()).isEqualTo("forbidden");
    }

    @Test
    void tellsProblemsThatPassFromThoseThatStay() {
        BlockingQueue<ProblemType> problems =
                new LinkedBlockingQueue<>(List.of(ProblemType.DEPENDENCY_DOWN, ProblemType.FORBIDDEN));
        stage.start(context -> {
            throw new ProblemException(problems.remove(), "egress_denied: it is loopback");
        });
        ActionTask task = stage.add(Stage.task(THRICE));
        stage.awaits(task, TaskState.QUEUED);

        stage.clock.advance(Duration.ofSeconds(10));

        assertThat(stage.awaits(task, TaskState.FAILED).message()).isEqualTo("egress_denied: it is loopback");
    }

    @Test
    void failsUnknownActionsAndWrongArgumentsWithTheReason() {
        stage.start(context -> Stage.WELL);

        ActionTask unknown = stage.add(Stage.task("dance", "{}", THRICE, Optional.empty(), false));
        assertThat(stage.awaits(unknown, TaskState.FAILED).message()).contains("there is no action \"dance\"");

        ActionTask wrong =
                stage.add(Stage.task("perform", "{\"step\": \"one\", \"stepp\": 1}", THRICE, Optional.empty(), false));
        assertThat(stage.awaits(wrong, TaskState.FAILED).message())
                .contains("perform")
                .contains("stepp");

        ActionTask missing = stage.add(Stage.task("perform", "{}", THRICE, Optional.empty(), false));
        assertThat(stage.awaits(missing, TaskState.FAILED).message()).contains("step is missing");
    }

    @Test
    void interruptsAnActionWhoseDeadlinePassed() {
        stage.start(context -> {
            never.await();
            return Stage.WELL;
        });
        ActionTask task = stage.add(Stage.task(THRICE));
        stage.awaits(task, TaskState.RUNNING);

        passAllBut(Duration.ofSeconds(2));
        assertThat(stage.find(task).state()).isEqualTo(TaskState.RUNNING);
        stage.clock.advance(Duration.ofSeconds(2));

        assertThat(stage.awaits(task, TaskState.QUEUED).message()).isEqualTo("did not end within 30.0 s");
    }

    @Test
    void leavesAnActionBehindThatIgnoresItsInterrupt() {
        stage.start(context -> {
            while (never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException ignored) {
                    context.print("not me");
                }
            }
            return Stage.WELL;
        });
        ActionTask task = stage.add(Stage.task(RetryPolicy.NONE));
        stage.awaits(task, TaskState.RUNNING);

        passAllBut(Duration.ofSeconds(2));
        stage.clock.advance(Duration.ofSeconds(2));
        stage.awaits(LiveUpdate.Printed.class, update -> update.text().equals("not me"));
        stage.clock.advance(Duration.ofSeconds(11));

        assertThat(stage.awaits(task, TaskState.DEAD_LETTER).message()).isEqualTo("did not end within 30.0 s");
        never.countDown();
    }

    @Test
    void interruptsAnActionThatWasCancelledAsSoonAsTheBellRings() throws InterruptedException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        stage.start(context -> {
            try {
                never.await();
                return Stage.WELL;
            } catch (InterruptedException e) {
                seen.add("interrupted");
                seen.add(context.handedOver() ? "goes on elsewhere" : "ends here");
                context.print("tidied up");
                return ActionOutcome.Failed.permanent("must not be told");
            }
        });
        ActionTask task = stage.add(Stage.task(THRICE, Optional.empty(), true));
        stage.awaits(task, TaskState.RUNNING);

        stage.queue.cancel(task.id(), "cancelled by ann").await();
        stage.live.ring(Reporter.CANCELLATIONS);

        assertThat(Stage.take(seen)).isEqualTo("interrupted");
        assertThat(Stage.take(seen)).isEqualTo("ends here");
        stage.awaits(task, TaskState.CANCELLED);
        assertThat(stage.find(task).message()).isEqualTo("cancelled by ann");
        assertThat(stage.find(task).output().text()).isEqualTo("tidied up");
        assertThat(stage.queue.unsent(9).await())
                .extracting(one -> one.outcome().state())
                .containsExactly(TaskState.CANCELLED);
    }

    @Test
    void learnsOfACancelWithoutTheBellWhenTheLeaseIsRenewed() throws InterruptedException {
        stage.start(context -> {
            never.await();
            return Stage.WELL;
        });
        ActionTask task = stage.add(Stage.task(THRICE));
        stage.awaits(task, TaskState.RUNNING);

        stage.queue.cancel(task.id(), "cancelled by ann").await();
        stage.clock.advance(Duration.ofSeconds(6));

        stage.awaits(task, TaskState.CANCELLED);
    }

    @Test
    void anActionThatSucceedsAlthoughItWasCancelledHasSucceeded() {
        stage.start(context -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                context.print("too late");
            }
            return Stage.WELL;
        });
        ActionTask task = stage.add(Stage.task(THRICE));
        stage.awaits(task, TaskState.RUNNING);

        stage.queue.cancel(task.id(), "cancelled by ann").await();
        stage.live.ring(Reporter.CANCELLATIONS);

        stage.awaits(task, TaskState.SUCCEEDED);
    }

    @Test
    void recordsAnEndWhoseOutputTheQueueWillNeverTake() {
        stage.watched.endsWithOutputToRefuse.set(1);
        stage.start(context -> {
            context.print("what the queue cannot hold");
            return Stage.WELL;
        });

        ActionTask task = stage.add(Stage.task(THRICE));

        stage.awaits(task, TaskState.SUCCEEDED);
        assertThat(stage.find(task).output()).isEqualTo(Output.NONE);
    }

    @Test
    void leavesATargetAloneThatFailsAgainAndAgainWithoutSpendingAttempts() {
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger up = new AtomicInteger();
        stage.start(
                context -> {
                    calls.incrementAndGet();
                    return up.get() == 1 ? Stage.WELL : ActionOutcome.Failed.retryable("connection refused");
                },
                1,
                WorkerContext.DEFAULT_DRAIN);
        for (int i = 0; i < Targets.FAILURES; i++) {
            stage.awaits(stage.add(calling("a:80", RetryPolicy.NONE)), TaskState.DEAD_LETTER);
        }

        ActionTask held = stage.add(calling("a:80", RetryPolicy.NONE));

        assertThat(stage.awaits(held, TaskState.QUEUED).message()).contains("a:80 failed 5 times in a row");
        assertThat(stage.find(held).message()).startsWith("postponed");
        assertThat(calls).hasValue(Targets.FAILURES);
        stage.awaits(stage.add(calling("b:80", RetryPolicy.NONE)), TaskState.DEAD_LETTER);
        up.set(1);
        stage.clock.advance(Targets.FIRST);
        stage.awaits(held, TaskState.SUCCEEDED);
        assertThat(calls).hasValue(Targets.FAILURES + 2);
    }

    @Test
    void aSlowTargetGetsNoMoreThanHalfOfTheAttemptsAndALineOfAQuarter() {
        stage.start(
                context -> {
                    if (context.task().arguments().toString().contains("slow:80")) {
                        never.await();
                    }
                    return Stage.WELL;
                },
                4,
                WorkerContext.DEFAULT_DRAIN);
        IntStream.range(0, 4).forEach(i -> stage.add(calling("slow:80", THRICE)));

        TaskId postponed = stage.awaits(
                        LiveUpdate.TaskChanged.class, update -> update.message().contains("3 other attempts"))
                .id();
        stage.awaits(stage.add(calling("quick:80", THRICE)), TaskState.SUCCEEDED);
        never.countDown();
        IntStream.range(0, 3).forEach(i -> assertThat(succeeded()).isNotEqualTo(postponed));
        stage.clock.advance(Duration.ofSeconds(5));
        assertThat(succeeded()).isEqualTo(postponed);
    }

    private TaskId succeeded() {
        return stage.awaits(LiveUpdate.TaskChanged.class, update -> update.state() == TaskState.SUCCEEDED)
                .id();
    }

    @Test
    void whoIsCancelledInTheLineForATargetNeverCallsIt() throws InterruptedException {
        BlockingQueue<TaskId> calls = new LinkedBlockingQueue<>();
        stage.start(
                context -> {
                    calls.add(context.task().id());
                    never.await();
                    return Stage.WELL;
                },
                4,
                WorkerContext.DEFAULT_DRAIN);
        List<ActionTask> tasks = IntStream.range(0, 3)
                .mapToObj(i -> stage.add(calling("slow:80", THRICE)))
                .toList();
        Set<TaskId> called = Set.of(Stage.take(calls), Stage.take(calls));
        ActionTask inLine = tasks.stream()
                .filter(task -> !called.contains(task.id()))
                .findFirst()
                .orElseThrow();
        stage.awaits(inLine, TaskState.RUNNING);

        stage.queue.cancel(inLine.id(), "not wanted").await();
        stage.live.ring(Reporter.CANCELLATIONS);

        stage.awaits(inLine, TaskState.CANCELLED);
        never.countDown();
        assertThat(Set.of(succeeded(), succeeded())).isEqualTo(called);
        assertThat(calls).isEmpty();
    }

    private static ActionTask calling(String address, RetryPolicy retry) {
        return Stage.task(
                "perform", "{\"step\": \"one\", \"calls\": \"" + address + "\"}", retry, Optional.empty(), false);
    }

    @Test
    void keepsTheLeaseOfALongActionAndSavesItsOutput() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        stage.start(context -> {
            context.print("working");
            done.await();
            return Stage.WELL;
        });
        ActionTask task = stage.add(Stage.task(THRICE));
        stage.awaits(task, TaskState.RUNNING);

        for (int i = 0; i < 4; i++) {
            stage.clock.advance(Duration.ofSeconds(6));
            renewedOnce();
        }

        assertThat(Stage.take(stage.watched.saved).text()).isEqualTo("working");
        assertThat(stage.queue.recoverLost().await()).isZero();
        done.countDown();
        assertThat(stage.awaits(task, TaskState.SUCCEEDED).attempt()).isEqualTo(1);
    }

    @Test
    void takesOverTheTaskOfADeadWorker() {
        ActionTask task = stage.add(Stage.task(THRICE));
        assertThat(stage.queue
                        .claim("dead", List.of("default"), 1, Worker.LEASE)
                        .await())
                .hasSize(1);
        stage.start(context -> Stage.WELL);

        stage.clock.advance(Worker.LEASE);
        assertThat(stage.queue.recoverLost().await()).isEqualTo(1);

        assertThat(stage.awaits(task, TaskState.SUCCEEDED).attempt()).isEqualTo(2);
    }

    @Test
    void runsAtMostAsManyAsItMay() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        BlockingQueue<Integer> go = new LinkedBlockingQueue<>();
        stage.start(
                context -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    go.take();
                    running.decrementAndGet();
                    return Stage.WELL;
                },
                2,
                Duration.ZERO);
        List<ActionTask> tasks = IntStream.range(0, 6)
                .mapToObj(i -> stage.add(Stage.task(RetryPolicy.NONE)))
                .toList();

        for (int ended = 0; ended < tasks.size(); ended++) {
            go.put(1);
            stage.awaits(LiveUpdate.TaskChanged.class, update -> update.state() == TaskState.SUCCEEDED);
        }

        assertThat(most).hasValueLessThanOrEqualTo(2);
        assertThat(tasks).allMatch(task -> stage.find(task).state() == TaskState.SUCCEEDED);
    }

    @Test
    void neverRunsTwoTasksOfOneLock() {
        AtomicInteger running = new AtomicInteger();
        stage.start(context -> {
            int before = running.getAndIncrement();
            Thread.yield();
            running.decrementAndGet();
            return before > 0 ? ActionOutcome.Failed.permanent("not alone") : Stage.WELL;
        });

        List<ActionTask> tasks = IntStream.range(0, 8)
                .mapToObj(i -> stage.add(Stage.task(RetryPolicy.NONE, Optional.of("db"), false)))
                .toList();

        for (int ended = 0; ended < tasks.size(); ended++) {
            stage.awaits(LiveUpdate.TaskChanged.class, update -> update.state().ended());
        }
        assertThat(tasks).allMatch(task -> stage.find(task).state() == TaskState.SUCCEEDED);
    }

    @Test
    void keepsLongOutputInTheArtifactStore() {
        String line = "0123456789abcdef".repeat(64) + "\n";
        stage.start(context -> {
            for (int i = 0; i < 200; i++) {
                context.print(line);
            }
            return Stage.WELL;
        });
        ActionTask task = stage.add(Stage.task(RetryPolicy.NONE));
        stage.awaits(task, TaskState.SUCCEEDED);

        String all = line.repeat(200);
        Output output = stage.find(task).output();
        assertThat(output.text()).hasSize(Output.INLINE_LIMIT).isEqualTo(all.substring(0, Output.INLINE_LIMIT));
        assertThat(output.size()).isEqualTo(all.length());
        assertThat(output.artifact()).contains("outputs/" + task.id() + "/1.txt");
        assertThat(stage.artifacts).containsEntry(output.artifact().orElseThrow(), Buffer.buffer(all));
    }

    @Test
    void ringsForAwaitedOutcomesOnly() throws InterruptedException {
        BlockingQueue<String> rung = new LinkedBlockingQueue<>();
        stage.live.onRing(Reporter.OUTCOMES, () -> rung.add("ring")).await();
        stage.start(context -> Stage.WELL);

        stage.awaits(stage.add(Stage.task(RetryPolicy.NONE)), TaskState.SUCCEEDED);
        stage.awaits(stage.add(Stage.task(RetryPolicy.NONE, Optional.empty(), true)), TaskState.SUCCEEDED);

        assertThat(Stage.take(rung)).isEqualTo("ring");
        assertThat(rung).isEmpty();
        assertThat(stage.queue.unsent(10).await()).hasSize(1);
    }

    @Test
    void recordsAnOutcomeAgainWhenTheDatabaseDidNotAnswer() {
        stage.watched.endsToLose.set(1);
        stage.start(context -> Stage.WELL);

        ActionTask task = stage.add(Stage.task(RetryPolicy.NONE));

        assertThat(stage.awaits(task, TaskState.SUCCEEDED).attempt()).isEqualTo(1);
        assertThat(stage.find(task).state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void letsRunningActionsEndWhenItIsStopped() {
        CountDownLatch done = new CountDownLatch(1);
        stage.start(context -> {
            done.await();
            return Stage.WELL;
        });
        ActionTask task = stage.add(Stage.task(THRICE));
        stage.awaits(task, TaskState.RUNNING);

        var stopped = stage.stop();
        done.countDown();
        stopped.await();
        ActionTask late = stage.add(Stage.task(THRICE)); // only now: a stop begins a moment after it was asked for

        assertThat(stage.find(task).state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(stage.find(late).state()).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void givesBackWhatDoesNotEndInTime() {
        stage.start(
                context -> {
                    never.await();
                    return Stage.WELL;
                },
                5,
                Duration.ofMillis(1));
        ActionTask task = stage.add(Stage.task(RetryPolicy.NONE));
        stage.awaits(task, TaskState.RUNNING);

        stage.stop().await();

        assertThat(stage.find(task).state()).isEqualTo(TaskState.QUEUED);
        assertThat(stage.find(task).due()).isEqualTo(stage.clock.instant());
        assertThat(stage.find(task).message()).isEqualTo("the worker was stopped");
        assertThat(stage.find(task).task().retry().attempts())
                .as("it spent none")
                .isEqualTo(2);
    }

    /**
     * The 30 seconds of a task but for the last. In steps of less than half a lease: the worker may look at its clock once more
     * before it has heard that the lease was renewed, and gives up what it holds by a lease that ran out.
     */
    private void passAllBut(Duration rest) {
        for (Duration left = Duration.ofSeconds(30).minus(rest); left.isPositive(); left = left.minus(STEP)) {
            stage.clock.advance(STEP);
            renewedOnce();
        }
    }

    private void renewedOnce() {
        try {
            assertThat(Stage.take(stage.watched.renewals)).isEqualTo(Renewal.KEPT);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
