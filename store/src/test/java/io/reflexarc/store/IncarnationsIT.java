// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.ActionOutcome.Succeeded;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.DecisionLog.Result;
import io.reflexarc.core.activation.Progress;
import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.Incarnations;
import io.reflexarc.core.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a lost log means here. */
@SuppressWarnings("NullAway.Init")
class IncarnationsIT {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Incarnation FIRST = new Incarnation(new UUID(1, 1));
    private static final Incarnation SECOND = new Incarnation(new UUID(2, 2));
    private TestStore server;
    private Incarnations incarnations;

    @BeforeEach
    void open() {
        server = new TestStore();
        incarnations = server.store.incarnations();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aNewSiteExpectsNothing() {
        assertThat(await(incarnations.expected())).isEmpty();
    }

    @Test
    void expectsWhatItWasToldLast() {
        await(incarnations.expect(FIRST));
        await(incarnations.expect(FIRST));
        assertThat(await(incarnations.expected())).contains(FIRST);

        await(incarnations.expect(SECOND));
        assertThat(await(incarnations.expected())).contains(SECOND);
    }

    @Test
    void theSameIncarnationAgainDisturbsNobody() {
        await(incarnations.expect(FIRST));
        Activation activation = server.activation();
        long epoch = claim(activation);

        await(incarnations.expect(FIRST));

        assertThat(await(server.store.decisions().commit(Sample.commit(activation, epoch, 1))))
                .isEqualTo(Result.COMMITTED);
    }

    @Test
    void aNewIncarnationFencesOwnersAndStartsEveryInboxAnew() {
        await(incarnations.expect(FIRST));
        Activation activation = server.activation();
        InboxId inbox = InboxId.of(activation.id());
        long epoch = claim(activation);
        Decision decision = Sample.decision(
                activation,
                1,
                0,
                Sample.task(activation, 1, 0, 0).awaited().released(),
                Sample.task(activation, 1, 0, 1).held());
        await(server.store
                .decisions()
                .commit(new Commit(
                        inbox,
                        epoch,
                        Position.START,
                        Sample.entry(1),
                        List.of(decision),
                        List.of(),
                        Optional.of(new Snapshot(Sample.entry(1), "build", JsonText.EMPTY_OBJECT)),
                        1)));
        await(server.store.actions().claim("w", List.of("default"), 9, LEASE));
        TaskId ended = TaskId.of(decision.id(), 0);
        await(server.store
                .actions()
                .end(ended, 1, TaskState.SUCCEEDED, Succeeded.of(JsonText.EMPTY_OBJECT), Output.NONE));

        await(incarnations.expect(SECOND));

        assertThat(await(server.store.decisions().commit(Sample.commit(activation, epoch, 2))))
                .isEqualTo(Result.FENCED);
        assertThat(await(server.store.decisions().progress(inbox)).position()).isEqualTo(Position.START);
        assertThat(await(server.store.decisions().progress(inbox)).snapshot()).isEmpty();
        assertThat(await(server.store.decisions().decisions(inbox, Position.START, Sample.entry(9))))
                .as("to compare a replay with")
                .isEmpty();
        assertThat(await(server.store.actions().unsent(9))).isEmpty();
        assertThat(await(server.store.audit().task(TaskId.of(decision.id(), 1)))
                        .orElseThrow()
                        .state())
                .isEqualTo(TaskState.CANCELLED);
        assertThat(await(server.store.audit().decision(decision.id()))).isPresent();
        assertThat(claim(activation)).isGreaterThan(epoch);
    }

    @Test
    void anActivationIsStartedAnewAfterAnEntryOnceItHasStopped() {
        await(incarnations.expect(FIRST));
        Activation activation = server.activation();
        InboxId inbox = InboxId.of(activation.id());
        long epoch = claim(activation);
        Decision decision = Sample.decision(
                activation, 1, 0, Sample.task(activation, 1, 0, 0).awaited().held());
        await(server.store
                .decisions()
                .commit(new Commit(
                        inbox,
                        epoch,
                        Position.START,
                        Sample.entry(1),
                        List.of(decision),
                        List.of(),
                        Optional.of(new Snapshot(Sample.entry(1), "session/0", JsonText.EMPTY_OBJECT)),
                        1)));
        assertThatThrownBy(() -> await(server.store.activations().startAnew(activation.id(), Sample.entry(9))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("still runs");
        await(server.store.activations().enable(activation.id(), false));
        await(server.store.activations().status(activation.id(), epoch, ActivationStatus.STOPPED, ""));

        await(server.store.activations().startAnew(activation.id(), Sample.entry(9)));

        Progress progress = await(server.store.decisions().progress(inbox));
        assertThat(progress.position()).isEqualTo(Sample.entry(9));
        assertThat(progress.begin()).isEqualTo(Sample.entry(9));
        assertThat(progress.snapshot()).isEmpty();
        assertThat(await(server.store.decisions().commit(Sample.commit(activation, epoch, 10))))
                .as("the owner before")
                .isEqualTo(Result.FENCED);
        assertThat(await(server.store.audit().task(TaskId.of(decision.id(), 0)))
                        .orElseThrow()
                        .state())
                .isEqualTo(TaskState.CANCELLED);
        assertThat(await(server.store.decisions().commit(Sample.commit(activation, claim(activation), 10))))
                .isEqualTo(Result.COMMITTED);
    }

    @Test
    void aReplayIsAcceptedUpToThePositionOnceTheActivationHasStopped() {
        await(incarnations.expect(FIRST));
        Activation activation = server.activation();
        InboxId inbox = InboxId.of(activation.id());
        long epoch = claim(activation);
        Decision decision = Sample.decision(
                activation, 1, 0, Sample.task(activation, 1, 0, 0).awaited().held());
        await(server.store.decisions().commit(Sample.commit(activation, epoch, 1, decision)));
        assertThatThrownBy(() -> await(server.store.activations().acceptReplay(activation.id())))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("still runs");
        await(server.store.activations().enable(activation.id(), false));
        await(server.store.activations().status(activation.id(), epoch, ActivationStatus.STOPPED, ""));

        await(server.store.activations().acceptReplay(activation.id()));

        Progress progress = await(server.store.decisions().progress(inbox));
        assertThat(progress.position()).isEqualTo(Sample.entry(1));
        assertThat(progress.accepted()).isEqualTo(Sample.entry(1));
        assertThat(await(server.store.decisions().commit(Sample.commit(activation, epoch, 2))))
                .as("the owner before")
                .isEqualTo(Result.FENCED);
        assertThat(await(server.store.audit().task(TaskId.of(decision.id(), 0)))
                        .orElseThrow()
                        .state())
                .isEqualTo(TaskState.CANCELLED);
    }

    private long claim(Activation activation) {
        return await(server.store.leases().claim(activation.id(), "owner", LEASE))
                .orElseThrow()
                .epoch();
    }
}
