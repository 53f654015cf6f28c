// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.Taker;
import io.reflexarc.core.action.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
        until(() -> reservesAndReleases(worker) == 2);
        ClaimedTask task = handed();

        assertThat(worker.reserve(1)).isEqualTo(1);
        worker.take(List.of(task));

        assertThat(stage.awaits(task.task(), TaskState.RUNNING).attempt()).isEqualTo(1);
        assertThat(worker.reserve(5)).as("what is left").isEqualTo(1);
        worker.release(1);
        go.countDown();
        stage.awaits(task.task(), TaskState.SUCCEEDED);
        until(() -> reservesAndReleases(worker) == 2);
    }

    @Test
    void whileTasksWaitForItAWorkerLendsNoRoom() {
        Taker worker = start(1);
        ActionTask first = stage.add(Stage.task(RetryPolicy.NONE));
        stage.awaits(first, TaskState.RUNNING);
        ActionTask second = stage.add(Stage.task(RetryPolicy.NONE));

        assertThat(worker.reserve(1)).isZero();
        go.countDown();

        stage.awaits(second, TaskState.SUCCEEDED);
    }

    @Test
    void itTakesOnlyWhatItsQueuesHoldAndNothingOnceItStops() {
        Taker worker = start(3);
        assertThat(worker.takes(ActionTask.DEFAULT_QUEUE)).isTrue();
        assertThat(worker.takes("gpu")).isFalse();
        assertThat(worker.worker()).isEqualTo("worker-1");

        stage.stop().await();

        assertThat(worker.reserve(1)).isZero();
        assertThat(stage.watched.takers).as("it has told its queue").isEmpty();
    }

    private static int reservesAndReleases(Taker worker) {
        int places = worker.reserve(100);
        if (places > 0) {
            worker.release(places);
        }
        return places;
    }
}
