// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Step 10 of the path of an event: tells the queue how an attempt ended, with its output, and whoever watches. A report that
 * cannot be delivered is repeated for as long as the worker lives, unless the queue says that it never will take it; the
 * attempt's number keeps it from doing harm.
 */
final class Reporter {
    /** The bell of outcomes that a session waits for. */
    static final String OUTCOMES = "outcomes";

    /** The bell of tasks that may be claimed. */
    static final String TASKS = "tasks";

    /** The bell of running tasks that shall stop. */
    static final String CANCELLATIONS = "cancellations";

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final WorkerContext worker;
    private final Tally tally;
    private boolean givenUp;

    Reporter(Vertx vertx, WorkerContext worker, Tally tally) {
        this.vertx = vertx;
        this.worker = worker;
        this.tally = tally;
    }

    /** Tells the end of an attempt; waits until the queue has answered. */
    void report(Attempt attempt, ActionOutcome outcome) {
        Output output = attempt.recorder().close();
        show(attempt);
        if (attempt.stop().filter(Attempt.Stop.LOST::equals).isPresent()) {
            attempt.recorder().discard();
            tally.add(attempt, "lost");
            Worker.LOGGER
                    .atInfo()
                    .addKeyValue("taskId", attempt.task().id())
                    .addKeyValue("attempt", attempt.attempt())
                    .log("attempt lost its task");
            return;
        }
        Output stored = store(attempt, output);
        ActionOutcome told = told(attempt, outcome);
        Verdict verdict = verdict(attempt, told);
        if (deliver(attempt, verdict, told, stored)) {
            tally.add(attempt, verdict.label());
            announce(attempt, verdict, told);
        } else {
            tally.add(attempt, "lost");
        }
    }

    private Verdict verdict(Attempt attempt, ActionOutcome told) {
        if (attempt.stop().filter(Attempt.Stop.CANCELLED::equals).isPresent()) {
            return Verdict.ofCancelled(told);
        }
        if (attempt.refusal().isPresent()) {
            Targets.Refusal refusal = attempt.refusal().get();
            return new Verdict.Postpone(refusal.delay(), refusal.reason());
        }
        if (told instanceof ActionOutcome.Failed failed
                && attempt.stop().filter(Attempt.Stop.GIVEN_BACK::equals).isPresent()) {
            return new Verdict.GiveBack(failed);
        }
        double random = worker.random().nextDouble();
        return Verdict.of(attempt.task(), attempt.attempt(), told, random);
    }

    /** What is said of an interrupted attempt: why we stopped it, not how the action stumbled. */
    private static ActionOutcome told(Attempt attempt, ActionOutcome outcome) {
        if (!(outcome instanceof ActionOutcome.Failed failed) || attempt.stop().isEmpty()) {
            return outcome;
        }
        String reason = switch (attempt.stop().get()) {
            case TIMED_OUT -> "did not end within " + attempt.task().timeout().toMillis() / 1000.0 + " s";
            case GIVEN_BACK -> "the worker was stopped";
            case CANCELLED -> "cancelled";
            case LOST -> failed.reason();
        };
        return new ActionOutcome.Failed(reason, true, Optional.empty(), failed.result());
    }

    private boolean deliver(Attempt attempt, Verdict verdict, ActionOutcome outcome, Output output) {
        ActionTask task = attempt.task();
        try {
            return untilAnswered(attempt, () -> report(attempt, verdict, outcome, output));
        } catch (ProblemException e) {
            Worker.LOGGER
                    .atError()
                    .addKeyValue("taskId", task.id())
                    .setCause(e)
                    .log("an outcome was refused by the queue, it is recorded without output");
        }
        try {
            return untilAnswered(attempt, () -> report(attempt, verdict, plain(outcome), Output.NONE));
        } catch (ProblemException e) {
            Worker.LOGGER
                    .atError()
                    .addKeyValue("taskId", task.id())
                    .setCause(e)
                    .log("an outcome cannot be recorded at all, the task is left to its lease");
            return false;
        }
    }

    /** The outcome without words of others. */
    private static ActionOutcome plain(ActionOutcome outcome) {
        return switch (outcome) {
            case ActionOutcome.Succeeded succeeded -> succeeded;
            case ActionOutcome.Failed failed ->
                new ActionOutcome.Failed(
                        "failed; what it said could not be recorded",
                        failed.retryable(),
                        failed.retryAfter(),
                        failed.result(),
                        failed.feedback());
        };
    }

    private Future<Boolean> report(Attempt attempt, Verdict verdict, ActionOutcome outcome, Output output) {
        ActionQueue queue = worker.queue();
        ActionTask task = attempt.task();
        return switch (verdict) {
            case Verdict.End end -> queue.end(task.id(), attempt.attempt(), end.state(), outcome, output);
            case Verdict.Repeat repeat ->
                queue.retry(task.id(), attempt.attempt(), repeat.delay(), (ActionOutcome.Failed) outcome, output);
            case Verdict.GiveBack ignored ->
                queue.giveBack(task.id(), attempt.attempt(), (ActionOutcome.Failed) outcome, output);
            case Verdict.Postpone postpone ->
                queue.postpone(task.id(), attempt.attempt(), postpone.delay(), postpone.reason());
        };
    }

    private boolean untilAnswered(Attempt attempt, Supplier<Future<Boolean>> call) {
        for (boolean first = true; !givenUp; first = false) {
            try {
                return call.get()
                        .timeout(Worker.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .await();
            } catch (Exception e) {
                if (!passes(e)) {
                    throw e;
                }
                if (first) {
                    Worker.LOGGER
                            .atWarn()
                            .addKeyValue("taskId", attempt.task().id())
                            .setCause(e)
                            .log("an outcome cannot be recorded, trying on");
                }
                vertx.timer(AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS).await();
            }
        }
        return false;
    }

    /** A queue that says what is wrong with the report says so again when it is repeated; whatever else it is may pass. */
    private static boolean passes(Exception e) {
        return !(e instanceof ProblemException problem) || problem.type().status() >= 500;
    }

    /** No report is repeated any more: the worker goes. */
    void giveUp() {
        givenUp = true;
    }

    private void announce(Attempt attempt, Verdict verdict, ActionOutcome outcome) {
        String message = outcome instanceof ActionOutcome.Failed failed ? failed.reason() : "";
        TaskState state = switch (verdict) {
            case Verdict.End end -> end.state();
            case Verdict.Repeat ignored -> TaskState.QUEUED;
            case Verdict.GiveBack ignored -> TaskState.QUEUED;
            case Verdict.Postpone ignored -> TaskState.QUEUED;
        };
        changed(attempt, state, message);
        if (state.ended() && attempt.task().awaited()) {
            worker.live().ring(OUTCOMES);
        }
        if (state == TaskState.QUEUED) {
            worker.live().ring(TASKS);
        }
    }

    private Output store(Attempt attempt, Output output) {
        Optional<Path> file = attempt.recorder().file();
        if (file.isEmpty()) {
            return output;
        }
        String key = "outputs/" + attempt.task().id() + "/" + attempt.attempt() + ".txt";
        try {
            Buffer all = Buffer.buffer(Files.readAllBytes(file.get()));
            worker.artifacts()
                    .put(key, all, "text/plain; charset=utf-8")
                    .timeout(STORE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .await();
            return new Output(output.text(), output.size(), Optional.of(key));
        } catch (IOException | RuntimeException e) {
            // The outcome matters more than its long output
            Worker.LOGGER
                    .atWarn()
                    .addKeyValue("taskId", attempt.task().id())
                    .setCause(e)
                    .log("long output was not kept");
            return output;
        } finally {
            attempt.recorder().discard();
        }
    }

    /** Saves what was printed so far, so that a crash keeps it. */
    void save(Attempt attempt) {
        if (!attempt.ended()) {
            attempt.recorder()
                    .news()
                    .ifPresent(output -> worker.queue()
                            .output(attempt.task().id(), attempt.attempt(), output)
                            .onFailure(e -> Worker.LOGGER.atDebug().setCause(e).log("output so far was not saved")));
        }
    }

    /** Shows what was printed since the last time. */
    void show(Attempt attempt) {
        attempt.recorder()
                .frame()
                .ifPresent(frame -> worker.live()
                        .publish(new LiveUpdate.Printed(
                                attempt.task().id(), attempt.attempt(), frame.offset(), frame.text())));
    }

    /** Tells that a task has a new state. */
    void changed(Attempt attempt, TaskState state, String message) {
        worker.live()
                .publish(Worker.change(attempt, state, message, worker.clock().instant()));
    }
}
