// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionOutcome.Succeeded;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.Taker;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.DecisionLog.Result;
import io.reflexarc.core.activation.Lease;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandOverIT {
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final TestStore server = new TestStore();
    private final ActionQueue queue = server.store.actions();
    private final Lender lender = new Lender();
    private Activation activation;
    private String mine;
    private Lease lease;
    private long epoch;
    private long entry;

    @BeforeEach
    void claimAnActivation() {
        activation = server.activation();
        mine = "queue " + activation.id();
        lease = await(server.store.leases().claim(activation.id(), "owner", LEASE))
                .orElseThrow();
        epoch = lease.epoch();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Sample.Task task(int index) {
        return Sample.task(activation, entry + 1, 0, index).queue(mine);
    }

    private Result commit(DecidedAction... actions) {
        entry++;
        return await(server.store
                .decisions()
                .commit(Sample.commit(activation, epoch, entry, Sample.decision(activation, entry, 0, actions))));
    }

    private List<ClaimedTask> claim() {
        return await(queue.claim("another", List.of(mine), 10, LEASE));
    }

    private boolean succeed(ClaimedTask task) {
        return await(queue.end(
                task.task().id(),
                task.attempt(),
                TaskState.SUCCEEDED,
                Succeeded.of(JsonText.EMPTY_OBJECT),
                Output.NONE));
    }

    @Test
    void aTaskRunsFromItsCommitOnWithTheWorkerThatLendsRoom() throws Exception {
        queue.lend(lender);
        DecidedAction.Delegated wanted = task(0).released();

        assertThat(commit(wanted)).isEqualTo(Result.HANDED_OVER);

        ClaimedTask taken = lender.next();
        assertThat(taken).isEqualTo(new ClaimedTask(wanted.task(), 1, Optional.of("all:\n")));
        assertThat(claim()).isEmpty();
        assertThat(await(queue.renew(taken.task().id(), 1, LEASE))).isEqualTo(ActionQueue.Renewal.KEPT);
        assertThat(succeed(taken)).isTrue();
        var action = await(server.store.audit().decision(Sample.id(activation, entry, 0)))
                .orElseThrow()
                .actions()
                .getFirst();
        assertThat(action.attempts()).extracting("worker").containsExactly("lender");
    }

    @Test
    void whatHasNoRoomIsForAnotherQueueOrIsNotReleasedWaitsInItsRow() throws Exception {
        lender.places.set(1);
        queue.lend(lender);
        DecidedAction.Delegated first = task(0).released();
        DecidedAction.Delegated second = task(1).released();

        assertThat(commit(first, second, task(2).queue("elsewhere").released(), task(3).held()))
                .isEqualTo(Result.COMMITTED);

        assertThat(lender.next().task()).isEqualTo(first.task());
        assertThat(claim()).extracting(ClaimedTask::task).containsExactly(second.task());
        assertThat(lender.taken).isEmpty();
    }

    @Test
    void ofOneLockKeyOnlyTheFirstIsHandedOverAndTheNextWhenItHasEnded() throws Exception {
        queue.lend(lender);
        DecidedAction.Delegated first = task(0).locking("db").released();
        DecidedAction.Delegated second = task(1).locking("db").released();
        assertThat(commit(first, second)).isEqualTo(Result.HANDED_OVER);
        DecidedAction.Delegated third = task(0).locking("db").released();
        assertThat(commit(third)).as("it stands in line, nobody is to be woken").isEqualTo(Result.HANDED_OVER);

        ClaimedTask taken = lender.next();
        assertThat(taken.task()).isEqualTo(first.task());
        assertThat(lender.places).as("those in line took no room").hasValue(Lender.PLACES - 1);
        assertThat(claim()).isEmpty();
        assertThat(lender.rung.get()).isZero();

        assertThat(succeed(taken)).isTrue();

        ClaimedTask next = lender.next();
        assertThat(next).isEqualTo(new ClaimedTask(second.task(), 1, Optional.of("all:\n")));
        assertThat(claim()).isEmpty();
        assertThat(lender.places)
                .as("of the ended one the test keeps the place")
                .hasValue(Lender.PLACES - 2);
        assertThat(lender.rung.get()).as("nobody is to be woken").isZero();
        assertThat(succeed(next)).isTrue();
        assertThat(lender.next().task()).isEqualTo(third.task());
    }

    @Test
    void theNextInLineIsForAClaimWhereNobodyLendsRoomForIt() throws Exception {
        queue.lend(lender);
        DecidedAction.Delegated first = task(0).locking("db").released();
        DecidedAction.Delegated second = task(1).locking("db").released();
        DecidedAction.Delegated elsewhere =
                task(2).locking("db").queue("elsewhere").released();
        commit(first, second, elsewhere);
        lender.places.set(0);

        assertThat(succeed(lender.next())).isTrue();

        assertThat(lender.rung.get()).isEqualTo(1);
        ClaimedTask taken = claim().getFirst();
        assertThat(taken.task()).isEqualTo(second.task());
        lender.places.set(1);
        assertThat(succeed(taken)).isTrue();
        assertThat(lender.taken).as("of another queue").isEmpty();
        assertThat(lender.places).hasValue(1);
    }

    @Test
    void aCommitThatIsRefusedGivesTheRoomBack() {
        queue.lend(lender);
        await(server.store.leases().release(lease));
        await(server.store.leases().claim(activation.id(), "next owner", LEASE));

        assertThat(commit(task(0).released())).isEqualTo(Result.FENCED);

        assertThat(lender.places).hasValue(Lender.PLACES);
        assertThat(lender.taken).isEmpty();
    }

    @Test
    void whoLendsNoMoreGetsNothing() {
        queue.lend(lender).run();

        assertThat(commit(task(0).released())).isEqualTo(Result.COMMITTED);

        assertThat(claim()).hasSize(1);
        assertThat(lender.taken).isEmpty();
    }

    private final class Lender implements Taker {
        static final int PLACES = 5;
        private final AtomicInteger places = new AtomicInteger(PLACES);
        private final AtomicInteger rung = new AtomicInteger();
        private final BlockingQueue<ClaimedTask> taken = new LinkedBlockingQueue<>();

        ClaimedTask next() throws InterruptedException {
            ClaimedTask task = taken.poll(60, TimeUnit.SECONDS);
            assertThat(task).as("a task within a minute").isNotNull();
            return task;
        }

        @Override
        public String worker() {
            return "lender";
        }

        @Override
        public List<String> queues() {
            return List.of(mine);
        }

        @Override
        public Duration lease() {
            return LEASE;
        }

        @Override
        public Places reserve(int most) {
            int free = places.getAndUpdate(left -> left - Math.min(left, most));
            return new Lent(Math.min(free, most));
        }

        @Override
        public Places follow(int most) {
            return reserve(most);
        }

        @Override
        public void due() {
            rung.incrementAndGet();
        }

        private final class Lent implements Places {
            private final int count;

            Lent(int count) {
                this.count = count;
            }

            @Override
            public int count() {
                return count;
            }

            @Override
            public void settle(List<ClaimedTask> tasks) {
                taken.addAll(tasks);
                places.addAndGet(count - tasks.size());
            }
        }
    }
}
