// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionOutcome.Succeeded;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many workers at one queue. */
class ClaimRaceIT {
    private static final int WORKERS = 8;
    private static final int TASKS = 400;

    private final Set<TaskId> ran = ConcurrentHashMap.newKeySet();
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger left = new AtomicInteger(TASKS);

    @Test
    void eightWorkersRunEachTaskOnceAndNeverTwoOfOneLockKeyTogether() throws Exception {
        try (TestStore server = new TestStore();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            commitTasks(server);
            ActionQueue queue = server.store.actions();

            List<Future<Void>> workers = threads.invokeAll(IntStream.range(0, WORKERS)
                    .<Callable<Void>>mapToObj(i -> () -> work(queue, "worker " + i))
                    .toList());

            for (Future<Void> worker : workers) {
                worker.get();
            }
            assertThat(ran).hasSize(TASKS);
            assertThat(await(server.store.audit().openTasks())).isEmpty();
        }
    }

    private static void commitTasks(TestStore server) {
        Activation activation = server.activation();
        long epoch = await(server.store.leases().claim(activation.id(), "owner", Duration.ofMinutes(5)))
                .orElseThrow()
                .epoch();
        DecidedAction[] actions = IntStream.range(0, TASKS)
                .mapToObj(i -> Sample.task(activation, 1, 0, i))
                .map(task -> task.task().index() % 2 == 0
                        ? task
                        : task.locking("key " + task.task().index() % 7))
                .map(Sample.Task::released)
                .toArray(DecidedAction[]::new);
        await(server.store
                .decisions()
                .commit(Sample.commit(activation, epoch, 1, Sample.decision(activation, 1, 0, actions))));
    }

    private Void work(ActionQueue queue, String name) {
        while (left.get() > 0) {
            List<ClaimedTask> claimed =
                    await(queue.claim(name, List.of(ActionTask.DEFAULT_QUEUE), 5, Duration.ofMinutes(5)));
            claimed.forEach(one -> one.task()
                    .lockKey()
                    .ifPresent(key -> assertThat(running.add(key)).as(key).isTrue()));
            claimed.forEach(one -> run(queue, one));
        }
        return null;
    }

    private void run(ActionQueue queue, ClaimedTask claimed) {
        ActionTask task = claimed.task();
        assertThat(ran.add(task.id())).as("first run of " + task.id()).isTrue();
        // Free for others only after the report, so forget the key before it.
        task.lockKey().ifPresent(running::remove);
        boolean ended = await(queue.end(
                task.id(), claimed.attempt(), TaskState.SUCCEEDED, Succeeded.of(JsonText.EMPTY_OBJECT), Output.NONE));
        assertThat(ended).isTrue();
        left.decrementAndGet();
    }
}
