// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionOutcome.Failed;
import io.reflexarc.core.action.ActionOutcome.Succeeded;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who enters a line while another leaves it is neither overlooked nor overtaken, whatever the schedule. */
class LineRaceIT {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int OWNERS = 3;
    private static final int WORKERS = 4;
    private static final int ENTRIES = 30;
    private static final int TASKS_PER_ENTRY = 3;
    private static final int KEYS = 4;

    private final Map<String, String> running = new ConcurrentHashMap<>();
    private final Map<String, Queue<Long>> order = new ConcurrentHashMap<>();
    private final Map<TaskId, Long> entries = new ConcurrentHashMap<>();
    private final BlockingQueue<TaskId> open = new LinkedBlockingQueue<>();
    private volatile boolean over;

    @Test
    void everyTaskOfALineHasItsTurnInTheOrderOfItsActivation() throws Exception {
        try (TestStore server = new TestStore();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ActionQueue queue = server.store.actions();
            List<Future<Void>> owners = new ArrayList<>();
            for (int i = 0; i < OWNERS; i++) {
                Activation activation = server.activation();
                owners.add(threads.submit(() -> decide(server, activation)));
            }
            List<Future<Void>> others = new ArrayList<>();
            IntStream.range(0, WORKERS).forEach(i -> others.add(threads.submit(() -> work(queue, i))));
            others.add(threads.submit(() -> cancel(queue)));

            for (Future<Void> owner : owners) {
                owner.get();
            }
            Instant until = Instant.now().plusSeconds(60);
            while (!onlyDeadLetters(server)
                    && Instant.now().isBefore(until)
                    && others.stream().noneMatch(Future::isDone)) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            over = true;
            for (Future<Void> other : others) {
                other.get();
            }
            assertThat(onlyDeadLetters(server)).isTrue();
            server.database.execute("do $$ begin assert (select count(*) from task_locks) = 0; end $$");
            assertThat(order.values())
                    .allSatisfy(entries -> assertThat(List.copyOf(entries)).isSorted());
        }
    }

    private static boolean onlyDeadLetters(TestStore server) {
        return Set.of(TaskState.DEAD_LETTER.label())
                .containsAll(await(server.store.audit().openTasks()).keySet());
    }

    private Void decide(TestStore server, Activation activation) {
        long epoch = await(server.store.leases().claim(activation.id(), "owner", LEASE))
                .orElseThrow()
                .epoch();
        List<ActionProgress> held = List.of();
        for (long entry = 1; entry <= ENTRIES; entry++) {
            long at = entry;
            List<ActionTask> tasks = IntStream.range(0, TASKS_PER_ENTRY)
                    .mapToObj(i -> Sample.task(activation, at, 0, i).locking("key " + (at + i) % KEYS))
                    .map(Sample.Task::task)
                    .toList();
            // The last one waits for the next entry, as the second action of a rule does
            DecidedAction[] actions = tasks.stream()
                    .map(task -> new DecidedAction.Delegated(
                            task.index(), task, task.index() < TASKS_PER_ENTRY - 1 || at == ENTRIES))
                    .toArray(DecidedAction[]::new);
            tasks.forEach(task ->
                    entries.put(task.id(), task.index() < TASKS_PER_ENTRY - 1 ? at : Math.min(at + 1, ENTRIES)));
            await(server.store
                    .decisions()
                    .commit(new Commit(
                            InboxId.of(activation.id()),
                            epoch,
                            entry == 1 ? Position.START : Sample.entry(entry - 1),
                            Sample.entry(entry),
                            List.of(Sample.decision(activation, entry, 0, actions)),
                            held,
                            Optional.empty(),
                            1)));
            tasks.forEach(task -> open.add(task.id()));
            held = at == ENTRIES
                    ? List.of()
                    : List.of(new ActionProgress.Released(tasks.getLast().id()));
        }
        return null;
    }

    private Void work(ActionQueue queue, int number) {
        Random random = new Random(number);
        while (!over) {
            await(queue.claim("worker " + number, List.of(ActionTask.DEFAULT_QUEUE), 3, LEASE))
                    .forEach(task -> run(queue, task, random));
        }
        return null;
    }

    private void run(ActionQueue queue, ClaimedTask claimed, Random random) {
        ActionTask task = claimed.task();
        String key = task.lockKey().orElseThrow();
        assertThat(running.putIfAbsent(key, task.id().toString())).as(key).isNull();
        boolean again = random.nextInt(5) == 0;
        if (!again) {
            order.computeIfAbsent(key + " of " + task.activation(), unused -> new ConcurrentLinkedQueue<>())
                    .add(entries.get(task.id()));
        }
        running.remove(key); // free for others only after the report
        if (again) {
            await(queue.postpone(task.id(), claimed.attempt(), Duration.ZERO, "busy"));
        } else if (random.nextInt(10) == 0) {
            await(queue.end(task.id(), claimed.attempt(), TaskState.DEAD_LETTER, Failed.retryable("no"), Output.NONE));
        } else {
            await(queue.end(
                    task.id(),
                    claimed.attempt(),
                    TaskState.SUCCEEDED,
                    Succeeded.of(JsonText.EMPTY_OBJECT),
                    Output.NONE));
        }
    }

    /** Takes some out of the middle of their lines, or their heads. */
    private Void cancel(ActionQueue queue) throws InterruptedException {
        Random random = new Random(7);
        while (!over) {
            TaskId task = open.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            if (task == null || random.nextInt(4) > 0) {
                continue;
            }
            try {
                if (await(queue.cancel(task, "no need")) == TaskState.CANCELLED) {}
            } catch (ProblemException ended) {
                // it was quicker
            }
        }
        return null;
    }
}
