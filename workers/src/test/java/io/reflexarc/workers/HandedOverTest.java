// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.Taker;
import io.reflexarc.core.action.TaskState;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a worker takes without claiming it. */
class HandedOverTest {
    private final Stage stage = new Stage();
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void close() {
        go.countDown();
        stage.close();
    }

    private Taker start(int concurrency) {
        stage.start(
                context -> {
                    go.await();
                    return Stage.WELL;
                },
                concurrency,
                Duration.ofSeconds(1));
        return stage.watched.takers.element();
    }

    /** A task that runs already, as far as the queue knows. */
    private ClaimedTask handed() {
        ActionTask task = Stage.task(RetryPolicy.NONE);
        stage.queue.add(task, Optional.empty(), true);
        return stage.queue
                .claim("worker-1", List.of(ActionTask.DEFAULT_QUEUE), 1, Worker.LEASE)
                .await()
                .getFirst();
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void aTaskThatIsHandedOverRunsInTheRoomThatWasReservedForIt() {
        Taker worker = start(2);
        until(() -> lends(worker) == 2);
        ClaimedTask task = handed();

        Taker.Places place = worker.reserve(1);
        assertThat(place.count()).isEqualTo(1);
        place.settle(List.of(task));

        assertThat(stage.awaits(task.task(), TaskState.RUNNING).attempt()).isEqualTo(1);
        assertThat(lends(worker)).as("what is left").isEqualTo(1);
        go.countDown();
        stage.awaits(task.task(), TaskState.SUCCEEDED);
        until(() -> lends(worker) == 2);
    }

    @Test
    void whileTasksWaitForItAWorkerLendsNoRoom() {
        Taker worker = start(1);
        ActionTask first = stage.add(Stage.task(RetryPolicy.NONE));
        stage.awaits(first, TaskState.RUNNING);
        ActionTask second = stage.add(Stage.task(RetryPolicy.NONE));

        assertThat(lends(worker)).isZero();
        go.countDown();

        stage.awaits(second, TaskState.SUCCEEDED);
    }

    @Test
    void ofFreeRoomThoseNextInLineGetAll() {
        Taker worker = start(4);
        List<Taker.Places> kept = new ArrayList<>();

        until(() -> {
            Taker.Places places = worker.follow(9);
            if (places.count() == 4) {
                return kept.add(places);
            }
            places.settle(List.of());
            return false;
        });

        assertThat(lends(worker)).isZero();
        kept.getFirst().settle(List.of());
        until(() -> lends(worker) == 4);
    }

    @Test
    void itTakesOnlyWhatItsQueuesHoldAndNothingOnceItStops() {
        Taker worker = start(3);
        assertThat(worker.queues()).containsExactly(ActionTask.DEFAULT_QUEUE);
        assertThat(worker.worker()).isEqualTo("worker-1");

        stage.stop().await();

        assertThat(lends(worker)).isZero();
        assertThat(stage.watched.takers).as("it has told its queue").isEmpty();
    }

    @Test
    void aTaskThatComesWhenItsLeaseIsOverIsNotBegun() {
        Taker worker = start(1);
        until(() -> lends(worker) == 1);
        ClaimedTask late = handed();
        Taker.Places place = worker.reserve(1);

        stage.clock.advance(Worker.LEASE);
        place.settle(List.of(late));

        until(() -> lends(worker) == 1);
        assertThat(stage.find(late.task()).state()).isEqualTo(TaskState.RUNNING); // until the lease is taken from it
        go.countDown();
        ActionTask next = stage.add(Stage.task(RetryPolicy.NONE));
        stage.awaits(next, TaskState.SUCCEEDED);
        assertThat(stage.find(late.task()).attempt()).isEqualTo(1);
        assertThat(stage.find(late.task()).state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void anActionNeedNotWaitUntilTheReportsOfThoseBeforeItAreWritten() {
        Promise<Void> written = Promise.promise();
        stage.watched.disk = written.future();
        go.countDown();
        start(1);
        List<ActionTask> tasks = IntStream.range(0, Worker.REPORTS + 2)
                .mapToObj(n -> stage.add(Stage.task(RetryPolicy.NONE)))
                .toList();

        // So many reports are under way, and one attempt keeps its place
        until(() -> in(TaskState.RUNNING, tasks) == Worker.REPORTS + 1);
        assertThat(stage.find(tasks.getLast()).state()).isEqualTo(TaskState.QUEUED);
        written.complete();

        until(() -> in(TaskState.SUCCEEDED, tasks) == tasks.size());
    }

    private long in(TaskState state, List<ActionTask> tasks) {
        return tasks.stream().filter(task -> stage.find(task).state() == state).count();
    }

    private static int lends(Taker worker) {
        Taker.Places places = worker.reserve(100);
        places.settle(List.of());
        return places.count();
    }
}
