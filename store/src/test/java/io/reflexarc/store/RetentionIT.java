// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionOutcome.Failed;
import io.reflexarc.core.action.ActionOutcome.Succeeded;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.audit.Change;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.page.PageRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old audit leaves by whole days, open tasks stay. Each test has a database of its own. */
@SuppressWarnings("NullAway.Init")
class RetentionIT {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final int TABLES = 6;
    private TestStore server;
    private AuditLog audit;

    @BeforeEach
    void open() {
        server = new TestStore();
        audit = server.store.audit();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private long number(String sql) throws SQLException {
        try (var connection = server.database.connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void preparesEachDayOnce() throws SQLException {
        long before = number("select count(*) from day_partitions");

        assertThat(await(audit.prepareDays(5))).isEqualTo(2 * TABLES);

        assertThat(await(audit.prepareDays(5))).isZero();
        assertThat(number("select count(*) from day_partitions")).isEqualTo(before + 2 * TABLES);
        assertThat(number("select count(*) from day_partitions where day = (now() at time zone 'UTC')::date"))
                .isEqualTo(TABLES);
    }

    @Test
    void todaysRowsLieInTodaysPartition() throws SQLException {
        await(audit.record(change(Instant.ofEpochSecond(number("select extract(epoch from now())::bigint")))));

        assertThat(number("select count(*) from changes_default")).isZero();
        assertThat(number("select count(*) from changes")).isEqualTo(1);
    }

    @Test
    void aDayThatNobodyPreparedIsWrittenAndDroppedAllTheSame() throws SQLException {
        await(audit.record(change(Sample.NOON.minus(Duration.ofDays(900)))));
        assertThat(number("select count(*) from changes_default")).isEqualTo(1);

        assertThat(await(audit.dropBefore(Sample.NOON.minus(Duration.ofDays(800)))))
                .isEqualTo(1);

        assertThat(await(audit.changes(PageRequest.first())).items()).isEmpty();
    }

    @Test
    void aDayWhoseRowsLieInTheDefaultPartitionIsLeftThere() throws SQLException {
        server.database.execute("drop table changes_" + today());
        await(audit.record(change(Instant.ofEpochSecond(number("select extract(epoch from now())::bigint")))));

        assertThat(await(audit.prepareDays(3))).isZero();

        assertThat(await(audit.changes(PageRequest.first())).items()).hasSize(1);
    }

    private String today() throws SQLException {
        return Long.toString(number("select to_char(now() at time zone 'UTC', 'YYYYMMDD')::bigint"));
    }

    private static Change change(Instant at) {
        return new Change(at, "ann", "create", "activation", "1", 1, JsonText.EMPTY_OBJECT);
    }

    @Test
    void whatEndedLeavesWithItsDayAndDeadLettersStay() throws SQLException {
        Activation activation = server.activation();
        long epoch = await(server.store.leases().claim(activation.id(), "owner", LEASE))
                .orElseThrow()
                .epoch();
        Decision decision = Sample.decision(
                activation,
                1,
                0,
                Sample.task(activation, 1, 0, 0).released(),
                Sample.task(activation, 1, 0, 1).released(),
                Sample.done(2));
        await(server.store.decisions().commit(Sample.commit(activation, epoch, 1, decision)));
        List<ClaimedTask> claimed = await(server.store.actions().claim("w", List.of("default"), 2, LEASE));
        end(claimed.getFirst(), TaskState.SUCCEEDED);
        end(claimed.getLast(), TaskState.DEAD_LETTER);

        long gone = await(audit.dropBefore(Instant.ofEpochSecond(
                number("select extract(epoch from date_trunc('day', now(), 'UTC') + interval '1 day')::bigint"))));

        assertThat(gone).as("decision, event, own action, task").isEqualTo(4);
        assertThat(number("select count(*) from pg_class where relname = 'decisions_" + today() + "'"))
                .isZero();
        assertThat(await(audit.decision(decision.id()))).isEmpty();
        assertThat(await(audit.task(TaskId.of(decision.id(), 0)))).isEmpty();
        assertThat(await(audit.task(TaskId.of(decision.id(), 1))).orElseThrow().state())
                .isEqualTo(TaskState.DEAD_LETTER);
        await(server.store.actions().revive(TaskId.of(decision.id(), 1)));
        end(
                await(server.store.actions().claim("w", List.of("default"), 2, LEASE))
                        .getFirst(),
                TaskState.SUCCEEDED);
        assertThat(await(audit.task(TaskId.of(decision.id(), 1))).orElseThrow().state())
                .isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void aDayStaysUntilAllOfItIsOldEnough() throws SQLException {
        Instant today =
                Instant.ofEpochSecond(number("select extract(epoch from date_trunc('day', now(), 'UTC'))::bigint"));
        await(audit.record(change(today.plusSeconds(1))));

        assertThat(await(audit.dropBefore(today.plus(Duration.ofHours(23))))).isZero();

        assertThat(number("select count(*) from changes")).isEqualTo(1);
    }

    private void end(ClaimedTask task, TaskState state) {
        await(server.store
                .actions()
                .end(
                        task.task().id(),
                        task.attempt(),
                        state,
                        state == TaskState.SUCCEEDED
                                ? Succeeded.of(JsonText.EMPTY_OBJECT)
                                : Failed.retryable("refused"),
                        Output.NONE));
    }
}
