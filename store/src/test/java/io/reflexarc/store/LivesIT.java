// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.process.Lives;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a killed process had. Closing a store ends its connections, as the system does for a process that is killed. */
@SuppressWarnings("NullAway.Init")
class LivesIT {
    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static TestStore server;
    private Activation activation;
    private Store killed;
    private Store watching;

    @BeforeAll
    static void open() {
        server = new TestStore();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void twoProcesses() {
        activation = server.activation();
        killed = server.another();
        watching = server.another();
        live(killed.lives(), "killed");
        live(watching.lives(), "watching");
    }

    @AfterEach
    void end() {
        await(watching.lives().leave("watching"));
        await(watching.close());
    }

    /** Until its sign of life is given. */
    private static void live(Lives of, String process) {
        server.until(() -> {
            await(of.live(process, "worker of " + process, LENGTH));
            return count("select count(*) from lives where present and process = '" + process + "'") == 1;
        });
    }

    private static long count(String sql) {
        try (var connection = server.database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void kill() {
        await(killed.close());
        server.until(() -> await(watching.lives().silent("watching")).contains("killed"));
    }

    @Test
    void whoeverLivesIsNeitherSilentNorBuried() {
        assertThat(await(watching.lives().silent("watching"))).doesNotContain("killed", "watching");
        assertThat(await(watching.lives().bury("killed"))).isFalse();
        assertThat(await(watching.lives().live("watching", "", LENGTH))).isTrue();

        await(killed.lives().leave("killed"));
        await(killed.close());
        assertThat(await(watching.lives().live("watching", "", LENGTH))).isFalse();
    }

    @Test
    void whatAKilledProcessHadIsFreeBeforeItsLeasesAreOver() {
        await(killed.leases().attend("killed", LENGTH));
        await(killed.leases().claim(activation.id(), "killed", LENGTH));
        await(killed.leases().lead("work", "killed", LENGTH));
        kill();

        assertThat(await(watching.lives().bury("killed"))).isTrue();
        assertThat(await(watching.leases().claim(activation.id(), "watching", LENGTH)))
                .isPresent();
        assertThat(await(watching.leases().lead("work", "watching", LENGTH))).isTrue();
        assertThat(await(watching.leases().attend("watching", LENGTH)).processes())
                .doesNotContain("killed");
        assertThat(await(watching.lives().silent("watching"))).doesNotContain("killed");
        assertThat(await(watching.lives().bury("killed"))).isFalse();
    }

    @Test
    void itsTasksAreLostAtOnceAndTheOthersRunOn() {
        ClaimedTask lost = task(killed.actions(), 1, "worker of killed");
        ClaimedTask other = task(watching.actions(), 2, "worker of watching");
        kill();
        assertThat(await(watching.actions().recoverLost())).isZero();

        await(watching.lives().bury("killed"));

        assertThat(await(watching.actions().recoverLost())).isEqualTo(1);
        ClaimedTask again = claim(watching.actions(), lost.task().queue(), "worker of watching");
        assertThat(again.task().id()).isEqualTo(lost.task().id());
        assertThat(again.attempt()).isEqualTo(lost.attempt() + 1);
        assertThat(await(watching.actions().renew(other.task().id(), other.attempt(), LENGTH)))
                .isEqualTo(ActionQueue.Renewal.KEPT);
    }

    @Test
    void aWorkerOfTheSameNameKeepsWhatItBeganSince() {
        Store next = server.another();
        try {
            task(killed.actions(), 1, "worker of killed");
            server.until(() -> {
                await(next.lives().live("next", "worker of killed", LENGTH));
                return count("select count(*) from lives where present and process = 'next'") == 1;
            });
            task(next.actions(), 2, "worker of killed");
            kill();

            await(watching.lives().bury("killed"));

            assertThat(await(watching.actions().recoverLost())).isEqualTo(1);
        } finally {
            await(next.lives().leave("next"));
            await(next.close());
        }
    }

    private ClaimedTask task(ActionQueue queue, int entry, String worker) {
        String name = "queue " + activation.id() + "/" + entry;
        long epoch = await(server.store.leases().claim(activation.id(), "owner", LENGTH))
                .map(lease -> lease.epoch())
                .orElse(1L);
        var task = Sample.task(activation, entry, 0, 0).queue(name);
        await(server.store
                .decisions()
                .commit(Sample.commit(
                        activation, epoch, entry, Sample.decision(activation, entry, 0, task.released()))));
        return claim(queue, name, worker);
    }

    private static ClaimedTask claim(ActionQueue queue, String name, String worker) {
        List<ClaimedTask> claimed = await(queue.claim(worker, List.of(name), 1, LENGTH));
        assertThat(claimed).hasSize(1);
        return claimed.getFirst();
    }
}
