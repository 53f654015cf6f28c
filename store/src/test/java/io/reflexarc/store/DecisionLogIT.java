// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.activation.DecisionLog.Result;
import io.reflexarc.core.activation.Lease;
import io.reflexarc.core.activation.Progress;
import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.ActionProgress.Done;
import io.reflexarc.core.decision.ActionProgress.Released;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.OwnResult;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The one transaction of decisions, tasks and position. */
@SuppressWarnings("NullAway.Init")
class DecisionLogIT {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static TestStore server;
    private static DecisionLog log;
    private Activation activation;
    private InboxId inbox;
    private long epoch;

    @BeforeAll
    static void open() {
        server = new TestStore();
        log = server.store.decisions();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void claimAnActivation() {
        activation = server.activation();
        inbox = InboxId.of(activation.id());
        epoch = claim("one").epoch();
    }

    private Lease claim(String owner) {
        return await(server.store.leases().claim(activation.id(), owner, LEASE)).orElseThrow();
    }

    private Lease takeOver() {
        server.database.execute(
                "update leases set until = now() - interval '1 second' where activation_id = " + activation.id());
        return claim("two");
    }

    private static Commit with(Commit commit, List<ActionProgress> progress, Optional<Snapshot> snapshot) {
        return new Commit(
                commit.inbox(),
                commit.epoch(),
                commit.from(),
                commit.to(),
                commit.decisions(),
                progress,
                snapshot,
                commit.events());
    }

    @Test
    void aFreshInboxIsAtTheStart() {
        assertThat(await(log.progress(inbox)).position()).isEqualTo(Position.START);
        assertThat(await(log.progress(inbox)).snapshot()).isEmpty();
    }

    @Test
    void committedDecisionsReadBackEqual() {
        Decision first = Sample.decision(
                activation,
                1,
                0,
                Sample.done(0),
                Sample.task(activation, 1, 0, 1).locking("host/a").awaited().released(),
                Sample.waiting(2),
                Sample.task(activation, 1, 0, 3).held());
        Decision second = Sample.decision(activation, 1, 1);

        assertThat(await(log.commit(Sample.commit(activation, epoch, 1, first, second))))
                .isEqualTo(Result.COMMITTED);

        assertThat(await(log.decisions(inbox, Position.START, Sample.entry(1)))).containsExactly(first, second);
        assertThat(await(log.decisions(inbox, Sample.entry(1), Sample.entry(9))))
                .isEmpty();
    }

    @Test
    void aCommitOfTheOldOwnerIsFencedAndWritesNothing() {
        Lease other = takeOver();

        Commit late = Sample.commit(activation, epoch, 1, Sample.decision(activation, 1, 0));

        assertThat(await(log.commit(late))).isEqualTo(Result.FENCED);
        assertThat(await(log.progress(inbox)).position()).isEqualTo(Position.START);
        assertThat(await(log.progress(inbox)).epoch()).isEqualTo(other.epoch());
        assertThat(await(log.decisions(inbox, Position.START, Sample.entry(1)))).isEmpty();
    }

    @Test
    void aResentCommitIsRecognisedAndWrittenOnce() {
        Commit commit = Sample.commit(activation, epoch, 1, Sample.decision(activation, 1, 0, Sample.done(0)));

        assertThat(await(log.commit(commit))).isEqualTo(Result.COMMITTED);
        assertThat(await(log.commit(commit))).isEqualTo(Result.COMMITTED);

        assertThat(await(log.decisions(inbox, Position.START, Sample.entry(1)))).hasSize(1);
        Activation after =
                await(server.store.activations().find(activation.id())).orElseThrow();
        assertThat(after.eventsSeen()).isEqualTo(1);
        assertThat(after.rulesFired()).isEqualTo(1);
    }

    @Test
    void aCommitThatDoesNotStartWhereTheLastOneEndedIsRefused() {
        Commit gap = Sample.commit(activation, epoch, 5, Sample.decision(activation, 5, 0));

        assertThatThrownBy(() -> await(log.commit(gap)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("starts at 4-0, but decided is up to 0-0");
        assertThat(await(log.decisions(inbox, Position.START, Sample.entry(9)))).isEmpty();
    }

    @Test
    void aCommitThatBreaksHalfWayLeavesNothing() {
        Decision twice = Sample.decision(
                activation, 1, 0, Sample.task(activation, 1, 0, 0).released());

        assertThatThrownBy(() -> await(log.commit(Sample.commit(activation, epoch, 1, twice, twice))))
                .isNotInstanceOf(ProblemException.class);

        assertThat(await(log.progress(inbox)).position()).isEqualTo(Position.START);
        assertThat(await(server.store.audit().task(TaskId.of(twice.id(), 0)))).isEmpty();
        assertThat(await(log.commit(Sample.commit(activation, epoch, 1, twice))))
                .isEqualTo(Result.COMMITTED);
    }

    @Test
    void theSnapshotComesBackWithTheProgress() {
        Snapshot first = new Snapshot(Sample.entry(1), "build 1", JsonText.ofString("{\"facts\" : [1.0]}"));
        Snapshot second = new Snapshot(Sample.entry(2), "build 2", JsonText.ofString("{}"));

        await(log.commit(with(Sample.commit(activation, epoch, 1), List.of(), Optional.of(first))));
        assertThat(await(log.progress(inbox)).snapshot()).contains(first);

        await(log.commit(with(Sample.commit(activation, epoch, 2), List.of(), Optional.of(second))));
        await(log.commit(Sample.commit(activation, epoch, 3)));
        assertThat(await(log.progress(inbox)).snapshot()).contains(second);
        assertThat(await(log.progress(inbox)).position()).isEqualTo(Sample.entry(3));
    }

    @Test
    void aSnapshotAddsItsPagesToThoseThatItKeepsAndDropsTheRest() {
        Snapshot first = new Snapshot(
                Sample.entry(1), "build 1", JsonText.ofString("{\"n\":1}"), List.of(page(1), page(2)), Set.of());
        Snapshot second =
                new Snapshot(Sample.entry(2), "build 1", JsonText.ofString("{\"n\":2}"), List.of(page(3)), Set.of(2L));

        await(log.commit(with(Sample.commit(activation, epoch, 1), List.of(), Optional.of(first))));
        assertThat(await(log.progress(inbox)).snapshot()).contains(first);

        await(log.commit(with(Sample.commit(activation, epoch, 2), List.of(), Optional.of(second))));
        assertThat(await(log.progress(inbox)).snapshot())
                .contains(new Snapshot(second.at(), "build 1", second.state(), List.of(page(2), page(3)), Set.of()));
    }

    private static Snapshot.Page page(int number) {
        return new Snapshot.Page(number, Buffer.buffer(new byte[] {(byte) number, 0, -1}));
    }

    @Test
    void progressReleasesTasksAndEndsOwnActionsButDecisionsReadBackAsTheyWereCommitted() {
        String queue = "released " + activation.id();
        Decision decision = Sample.decision(
                activation,
                1,
                0,
                Sample.waiting(0),
                Sample.task(activation, 1, 0, 1).queue(queue).held());
        await(log.commit(Sample.commit(activation, epoch, 1, decision)));
        assertThat(claimed(queue)).isEmpty();

        List<ActionProgress> progress = List.of(
                new Done(decision.id(), 0, new OwnResult(false, "no such fact", "out\0put")),
                new Released(TaskId.of(decision.id(), 1)));
        await(log.commit(with(Sample.commit(activation, epoch, 2), progress, Optional.empty())));

        assertThat(claimed(queue)).extracting(task -> task.task().id()).containsExactly(TaskId.of(decision.id(), 1));
        assertThat(await(log.decisions(inbox, Position.START, Sample.entry(2)))).containsExactly(decision);
        var actions = await(server.store.audit().decision(decision.id()))
                .orElseThrow()
                .actions();
        assertThat(actions.getFirst().state()).isEqualTo("failed");
        assertThat(actions.getFirst().output()).isEqualTo("out\0put");
    }

    private static List<ClaimedTask> claimed(String queue) {
        return await(server.store.actions().claim("worker", List.of(queue), 10, LEASE));
    }

    @Test
    void aKilledConnectionLeavesTheResultUnknownAndTheNextCommitFindsOutAndGoesOn() throws Exception {
        Commit commit = Sample.commit(activation, epoch, 1, Sample.decision(activation, 1, 0));

        Future<Result> broken;
        try (var blocker = server.database.connect();
                var statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("lock table decision_events in access exclusive mode");
            broken = log.commit(commit);
            awaitBlockedBackend(statement);
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name = 'reflexarc' and datname = current_database()"
                    + " and wait_event_type = 'Lock'");
            blocker.rollback();
        }

        assertThatThrownBy(() -> await(broken)).isNotInstanceOf(ProblemException.class);
        Future<Progress> readBack = log.progress(inbox);
        // The pool may hand out the broken connection once more: then it says so, and one asks again.
        readBack = readBack.recover(failure -> log.progress(inbox));
        assertThat(await(readBack).position()).isEqualTo(Position.START);
        assertThat(await(log.commit(commit))).isEqualTo(Result.COMMITTED);
        assertThat(await(log.decisions(inbox, Position.START, Sample.entry(1)))).hasSize(1);
    }

    private static void awaitBlockedBackend(java.sql.Statement statement) throws Exception {
        boolean blocked = false;
        while (!blocked) {
            try (var rows = statement.executeQuery("select exists (select from pg_stat_activity"
                    + " where application_name = 'reflexarc' and datname = current_database()"
                    + " and wait_event_type = 'Lock')")) {
                rows.next();
                blocked = rows.getBoolean(1);
            }
        }
    }

    @Test
    void ofTwoOwnersThatCommitAtOnceOneIsFencedAndNoDecisionIsLostOrDoubled() {
        for (int round = 1; round <= 20; round++) {
            int entry = round;
            long old = epoch;
            server.database.execute(
                    "update leases set until = now() - interval '1 second' where activation_id = " + activation.id());

            Future<Result> first =
                    log.commit(Sample.commit(activation, old, entry, Sample.decision(activation, entry, 0)));
            Lease lease = claim("owner " + round);
            Position found = await(log.progress(inbox)).position();
            boolean had = found.equals(Sample.entry(entry));
            Result second = had
                    ? Result.COMMITTED
                    : await(log.commit(
                            Sample.commit(activation, lease.epoch(), entry, Sample.decision(activation, entry, 0))));

            assertThat(second).isEqualTo(Result.COMMITTED);
            assertThat(await(first)).isEqualTo(had ? Result.COMMITTED : Result.FENCED);
            epoch = lease.epoch();
        }
        assertThat(await(log.decisions(inbox, Position.START, Sample.entry(20))))
                .extracting(Decision::entry)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj(Sample::entry).toList());
    }

    @Test
    void aCommitForADeletedActivationIsFenced() {
        takeOver();
        server.database.execute("update leases set until = '-infinity' where activation_id = " + activation.id());
        await(server.store.activations().delete(activation.id()));

        assertThat(await(log.commit(Sample.commit(activation, epoch, 1)))).isEqualTo(Result.FENCED);
    }

    @Test
    void withoutAServerACommitSaysThatNothingHappened() {
        Vertx vertx = Vertx.vertx();
        PostgresConfig nobody = new PostgresConfig("127.0.0.1", 1, "none", "none", new Secret(""), 1);
        DecisionLog unreachable = new PostgresDecisionLog(Store.database(vertx, nobody), new Takers());

        assertThatThrownBy(() -> await(unreachable.commit(Sample.commit(activation, epoch, 1))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.DEPENDENCY_DOWN));
        await(vertx.close());
    }
}
