// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.audit.TaskSummary;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.DecidedAction.Delegated;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.testkit.ActionQueueContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

@SuppressWarnings("NullAway.Init")
class ActionQueueContractIT extends ActionQueueContract {
    private static TestStore server;
    private Activation activation;
    private long epoch;
    private long entry;

    @BeforeAll
    static void start() {
        server = new TestStore();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void claimAnActivation() {
        activation = server.activation();
        epoch = await(server.store.leases().claim(activation.id(), "owner", Duration.ofMinutes(5)))
                .orElseThrow()
                .epoch();
    }

    /** Whatever became of their tasks, decisions are read back as they were committed, and none is open twice. */
    @AfterEach
    void decisionsStayAsTheyWere() {
        List<Decision> read = await(
                server.store.decisions().decisions(InboxId.of(activation.id()), Sample.entry(0), Sample.entry(entry)));
        assertThat(read).allMatch(decision -> decision.actions().size() == 1);
        server.database.execute("do $$ begin assert (select coalesce(bool_and(open_actions + failed_actions in (0, 1)"
                + " and open_actions = (select count(*) from tasks t where t.decision_id = d.id"
                + " and t.state <> 'dead_letter')), true) from decisions d where activation_id = "
                + activation.id().value() + "); end $$");
    }

    @Override
    protected ActionQueue queue() {
        return server.store.actions();
    }

    @Override
    protected ActionTask add(Wish wish) {
        entry++;
        ActionTask like = Sample.task(activation, entry, 0, 0).task();
        ActionTask task = new ActionTask(
                like.id(),
                like.decision(),
                like.activation(),
                like.index(),
                like.action(),
                like.arguments(),
                "queue " + activation.id(),
                wish.lock().map(key -> key + " of " + activation.id()),
                new RetryPolicy(wish.attempts(), Duration.ZERO, 1, Duration.ZERO, 0),
                like.timeout(),
                wish.awaited(),
                JsonText.ofString("{\"ruleset\":\"Watch\",\"rule\":\"Restart it\"}"),
                like.hosts(),
                like.idempotencyKey());
        commit(List.of(Sample.decision(activation, entry, 0, new Delegated(0, task, wish.released()))), List.of());
        return task;
    }

    private void commit(List<Decision> decisions, List<ActionProgress> progress) {
        Commit commit = new Commit(
                InboxId.of(activation.id()),
                epoch,
                entry == 1 ? Position.START : Sample.entry(entry - 1),
                Sample.entry(entry),
                decisions,
                progress,
                Optional.empty(),
                1);
        assertThat(await(server.store.decisions().commit(commit))).isEqualTo(DecisionLog.Result.COMMITTED);
    }

    @Override
    protected void release(TaskId task) {
        entry++;
        commit(List.of(), List.of(new ActionProgress.Released(task)));
    }

    private TaskSummary summary(TaskId task) {
        return await(server.store.audit().task(task)).orElseThrow();
    }

    @Override
    protected TaskState state(TaskId task) {
        return summary(task).state();
    }

    @Override
    protected Optional<TaskId> replacedBy(TaskId task) {
        return summary(task).replacedBy();
    }
}
