// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.ActionOutcome.Failed;
import io.reflexarc.core.action.ActionOutcome.Succeeded;
import io.reflexarc.core.action.ActionQueue.Output;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.audit.Change;
import io.reflexarc.core.audit.DecisionDetail;
import io.reflexarc.core.audit.DecisionSummary;
import io.reflexarc.core.audit.TaskSummary;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.page.SliceRequest;
import io.reflexarc.core.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people ask about: four decisions of one activation, and one of another. */
@SuppressWarnings("NullAway.Init")
class AuditLogIT {
    private static TestStore server;
    private static AuditLog audit;
    private static Activation activation;
    private static Decision own;
    private static Decision succeeded;
    private static Decision dead;
    private static Decision waiting;
    private static Decision others;

    @BeforeAll
    static void fill() {
        server = new TestStore();
        audit = server.store.audit();
        activation = server.activation();
        long epoch = claim(activation);
        own = Sample.decision(activation, 1, 0, Sample.done(0));
        succeeded = Sample.decision(activation, 1, 1, task(1, 1, "good").released());
        dead = Sample.decision(activation, 2, 0, task(2, 0, "bad").released(), Sample.waiting(1));
        waiting = Sample.decision(activation, 3, 0, task(3, 0, "later").held());
        commit(epoch, 1, own, succeeded);
        commit(epoch, 2, dead);
        commit(epoch, 3, waiting);
        ClaimedTask good = claimOne("good");
        await(server.store
                .actions()
                .end(
                        good.task().id(),
                        1,
                        TaskState.SUCCEEDED,
                        Succeeded.of(JsonText.EMPTY_OBJECT),
                        new Output("done", 4, java.util.Optional.empty())));
        ClaimedTask bad = claimOne("bad");
        await(server.store
                .actions()
                .end(bad.task().id(), 1, TaskState.DEAD_LETTER, Failed.retryable("refused"), Output.NONE));
        Activation other = server.activation();
        others = Sample.decision(other, 1, 0);
        await(server.store.decisions().commit(Sample.commit(other, claim(other), 1, others)));
    }

    private static long claim(Activation claimed) {
        return await(server.store.leases().claim(claimed.id(), "owner", Duration.ofMinutes(5)))
                .orElseThrow()
                .epoch();
    }

    private static Sample.Task task(long entry, int ordinal, String queue) {
        return Sample.task(activation, entry, ordinal, 0).queue(queue);
    }

    private static void commit(long epoch, long entry, Decision... decisions) {
        await(server.store.decisions().commit(Sample.commit(activation, epoch, entry, decisions)));
    }

    private static ClaimedTask claimOne(String queue) {
        return await(server.store.actions().claim("worker", List.of(queue), 1, Duration.ofMinutes(5)))
                .getFirst();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static List<DecisionId> found(Map<String, String> filters) {
        return await(audit.decisions(new PageRequest(1, 50, filters))).items().stream()
                .map(DecisionSummary::id)
                .toList();
    }

    @Test
    void decisionsComeNewestFirst() {
        assertThat(found(Map.of())).containsExactly(others.id(), waiting.id(), dead.id(), succeeded.id(), own.id());
    }

    @Test
    void decisionsArePaged() {
        var page = await(audit.decisions(new PageRequest(2, 2, Map.of())));

        assertThat(page.count()).isEqualTo(5);
        assertThat(page.items()).extracting(DecisionSummary::id).containsExactly(dead.id(), succeeded.id());
    }

    @Test
    void decisionsAreFiltered() {
        String id = activation.id().toString();
        assertThat(found(Map.of("activation_id", id))).hasSize(4);
        assertThat(found(Map.of("activation_id", id, "event_id", "event-1"))).containsExactly(succeeded.id(), own.id());
        assertThat(found(Map.of("event_id", "event-2"))).containsExactly(dead.id());
        assertThat(found(Map.of("rule", "Restart it", "ruleset", "Watch"))).hasSize(5);
        assertThat(found(Map.of("rule", "another"))).isEmpty();
        assertThat(found(Map.of("status", "failed"))).containsExactly(dead.id());
        assertThat(found(Map.of("status", "pending"))).containsExactly(waiting.id());
        assertThat(found(Map.of("status", "successful"))).containsExactly(others.id(), succeeded.id(), own.id());
        assertThat(found(Map.of("status", "running"))).isEmpty();
    }

    private static List<DecisionId> sliced(Map<String, String> filters) {
        return await(audit.decisions(SliceRequest.first(50, filters))).items().stream()
                .map(DecisionSummary::id)
                .toList();
    }

    @Test
    void decisionsAreNarrowedByRulebookVersionActionAndTime() {
        assertThat(sliced(Map.of("rulebook", activation.name().substring(1)))).hasSize(4);
        assertThat(sliced(Map.of("version", "1"))).hasSize(5);
        assertThat(sliced(Map.of("version", "2"))).isEmpty();
        assertThat(sliced(Map.of("action", "http_request"))).containsExactly(waiting.id(), dead.id(), succeeded.id());
        assertThat(sliced(Map.of("action", "http"))).isEmpty();
        assertThat(sliced(Map.of("rule_part", "START"))).hasSize(5);
        assertThat(sliced(Map.of("since", "2000-01-01T00:00:00Z"))).hasSize(5);
        assertThat(sliced(Map.of("until", "2000-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void decisionsAreReadSliceBySliceInEveryOrder() {
        for (String sort : List.of("-committed_at", "committed_at", "rule", "-rulebook", "activation_name")) {
            List<DecisionId> all = new ArrayList<>();
            Optional<String> after = Optional.empty();
            do {
                var slice = await(audit.decisions(new SliceRequest(after, 2, Optional.of(sort), Map.of())));
                assertThat(slice.count()).isEqualTo(5);
                slice.items().forEach(one -> all.add(one.id()));
                after = slice.next();
            } while (after.isPresent());
            assertThat(all)
                    .as(sort)
                    .containsExactlyInAnyOrder(others.id(), waiting.id(), dead.id(), succeeded.id(), own.id());
        }
    }

    @Test
    void aFilterThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> found(Map.of("activation_id", "x"))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> found(Map.of("status", "x"))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> await(audit.tasks(SliceRequest.first(1, Map.of("decision_id", "x")))))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aSummarySaysWhereADecisionComesFrom() {
        DecisionSummary summary =
                await(audit.decision(succeeded.id())).orElseThrow().summary();

        assertThat(summary.activationName()).isEqualTo(activation.name());
        assertThat(summary.rulebook()).isEqualTo(activation.name());
        assertThat(summary.rulebookVersion()).isEqualTo(1);
        assertThat(summary.at()).isEqualTo(succeeded.at());
        assertThat(summary.events()).containsExactly(Sample.event(1));
        assertThat(summary.actions()).containsExactly("http_request");
        assertThat(summary.status()).isEqualTo("successful");
    }

    @Test
    void aDetailHoldsTheMatchedEventsByteByByteAndTheActionsInOrder() {
        DecisionDetail detail = await(audit.decision(dead.id())).orElseThrow();

        assertThat(detail.matched()).isEqualTo(dead.matched());
        assertThat(detail.actions())
                .extracting(action -> action.name() + " " + action.state())
                .containsExactly("http_request dead_letter", "set_fact waiting");
        assertThat(detail.actions().getFirst().message()).isEqualTo("refused");
        assertThat(detail.actions().getFirst().arguments())
                .isEqualTo(dead.actions().getFirst().arguments());
        assertThat(await(audit.decision(new DecisionId(new UUID(0, 0))))).isEmpty();
    }

    @Test
    void anEventLeadsToItsDecisionsOldestFirst() {
        assertThat(await(audit.decisionsOf(Sample.event(1))))
                .extracting(DecisionSummary::id)
                .containsExactly(own.id(), succeeded.id(), others.id());
        assertThat(await(audit.decisionsOf(new EventId("unknown")))).isEmpty();
    }

    private static List<TaskState> states(Map<String, String> filters) {
        return await(audit.tasks(SliceRequest.first(50, filters))).items().stream()
                .map(TaskSummary::state)
                .toList();
    }

    @Test
    void tasksAreListedOpenAndEndedNewestFirst() {
        assertThat(states(Map.of())).containsExactly(TaskState.WAITING, TaskState.DEAD_LETTER, TaskState.SUCCEEDED);
        assertThat(states(Map.of("state", "dead_letter"))).containsExactly(TaskState.DEAD_LETTER);
        assertThat(states(Map.of("action", "http_request"))).hasSize(3);
        assertThat(states(Map.of("action", "run_playbook"))).isEmpty();
        assertThat(states(Map.of("activation_id", activation.id().toString()))).hasSize(3);
        assertThat(states(Map.of("decision_id", succeeded.id().toString()))).containsExactly(TaskState.SUCCEEDED);
    }

    @Test
    void tasksAreFiltered() {
        assertThat(states(Map.of("state", "waiting,succeeded")))
                .containsExactly(TaskState.WAITING, TaskState.SUCCEEDED);
        assertThat(states(Map.of("rule", "rESTART"))).hasSize(3);
        assertThat(states(Map.of("rule", "%"))).isEmpty();
        assertThat(states(Map.of("until", "2000-01-01T00:00:00Z"))).isEmpty();
        assertThat(states(Map.of("since", "2000-01-01T00:00:00Z"))).hasSize(3);
        assertThatThrownBy(() -> states(Map.of("since", "yesterday"))).isInstanceOf(ProblemException.class);
    }

    @Test
    void tasksAreReadInSlicesInAnyOrder() {
        for (String sort : List.of("-created_at", "created_at", "due_at", "-action", "rule")) {
            List<TaskState> all = new ArrayList<>();
            Optional<String> after = Optional.empty();
            do {
                var slice = await(audit.tasks(new SliceRequest(after, 1, Optional.of(sort), Map.of())));
                assertThat(slice.count()).isEqualTo(3);
                slice.items().forEach(one -> all.add(one.state()));
                after = slice.next();
            } while (after.isPresent());
            assertThat(all)
                    .as(sort)
                    .containsExactlyInAnyOrder(TaskState.WAITING, TaskState.DEAD_LETTER, TaskState.SUCCEEDED);
        }
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() {
        Optional<String> next =
                await(audit.tasks(SliceRequest.first(1, Map.of()))).next();

        assertThatThrownBy(() -> await(audit.tasks(new SliceRequest(next, 1, Optional.of("rule"), Map.of()))))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() ->
                        await(audit.tasks(new SliceRequest(Optional.of("nonsense"), 1, Optional.empty(), Map.of()))))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> await(audit.tasks(new SliceRequest(next, 1, Optional.of("arguments"), Map.of()))))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aTaskShowsItsTermsAndHowItWent() {
        TaskSummary task = await(audit.tasks(SliceRequest.first(1, Map.of("state", "dead_letter"))))
                .items()
                .getFirst();
        var action = await(audit.action(task.id())).orElseThrow();

        assertThat(task.ruleset()).isEqualTo("Watch");
        assertThat(task.terms().queue()).isEqualTo("bad");
        assertThat(action.attempts()).extracting(one -> one.message()).containsExactly("refused");
        assertThat(action.task()).contains(task.id());
    }

    @Test
    void anEventKnowsHowManyRulesMatchedIt() {
        assertThat(await(audit.rulesMatched(List.of(Sample.event(1), Sample.event(2), new EventId("unknown")))))
                .isEqualTo(Map.of(Sample.event(1), 2, Sample.event(2), 1));
    }

    @Test
    void openTasksAreCountedByState() {
        assertThat(await(audit.openTasks())).isEqualTo(Map.of("waiting", 1L, "dead_letter", 1L));
    }

    @Test
    void changesAreRememberedNewestFirst() {
        Change first = change("ann", "activation", 1);
        Change second = change("bob", "activation", 2);
        Change third = change("ann", "rulebook", 3);
        for (Change change : List.of(first, second, third)) {
            await(audit.record(change));
        }

        assertThat(await(audit.changes(PageRequest.first())).items()).containsExactly(third, second, first);
        assertThat(await(audit.changes(new PageRequest(1, 9, Map.of("user", "ann"))))
                        .items())
                .containsExactly(third, first);
        assertThat(await(audit.changes(new PageRequest(1, 9, Map.of("user", "ann", "kind", "activation"))))
                        .items())
                .containsExactly(first);
    }

    private static Change change(String user, String kind, int second) {
        return new Change(
                Sample.NOON.plusSeconds(second), user, "create", kind, "7", 1, JsonText.ofString("{\"name\" : \"x\"}"));
    }
}
