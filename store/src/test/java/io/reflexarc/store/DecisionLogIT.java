// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.TaskId;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.activation.DecisionLog.Result;
import io.reflexarc.core.activation.Lease;
import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.ActionProgress.Done;
import io.reflexarc.core.decision.ActionProgress.Released;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.OwnResult;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.InboxId;
import io.reflexarc.core.log.Position;
import io.reflexarc.core.problem.ProblemException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
        server.database.execute("update leases set until = now() - interval '1 second' where activation_id = "
                + activation.id());
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
        assertThat(await(log.decisions(inbox, Sample.entry(1), Sample.entry(9)))).isEmpty();
    }
}
