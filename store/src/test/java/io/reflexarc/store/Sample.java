// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.DecidedAction.Delegated;
import io.reflexarc.core.decision.DecidedAction.Own;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.decision.OwnResult;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Decisions and tasks as an engine would make them. */
final class Sample {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Incarnation INCARNATION = new Incarnation(new UUID(0, 1));

    private Sample() {}

    static Position entry(long n) {
        return new Position(n, 0);
    }

    static DecisionId id(Activation activation, long entry, int ordinal) {
        return DecisionId.of(InboxId.of(activation.id()), INCARNATION, entry(entry), ordinal);
    }

    static Decision decision(Activation activation, long entry, int ordinal, DecidedAction... actions) {
        return new Decision(
                id(activation, entry, ordinal),
                entry(entry),
                ordinal,
                "Watch",
                "Restart it",
                activation.rulebookVersion(),
                NOON.plusSeconds(entry),
                false,
                List.of(new MatchedEvent("m", event(entry), JsonText.ofString("{ \"i\":1.0,  \"n\":" + entry + "}"))),
                List.of(actions));
    }

    static EventId event(long entry) {
        return new EventId("event-" + entry);
    }

    static Own done(int index) {
        return new Own(
                index, "debug", JsonText.ofString("{\"msg\":\"hi\"}"), Optional.of(new OwnResult(true, "", "hi")));
    }

    static Own waiting(int index) {
        return new Own(index, "set_fact", JsonText.EMPTY_OBJECT, Optional.empty());
    }

    static Task task(Activation activation, long entry, int ordinal, int index) {
        DecisionId decision = id(activation, entry, ordinal);
        return new Task(new ActionTask(
                TaskId.of(decision, index),
                decision,
                activation.id(),
                index,
                "http_request",
                JsonText.ofString("{\"url\" : \"http://a\"}"),
                ActionTask.DEFAULT_QUEUE,
                Optional.empty(),
                new RetryPolicy(2, Duration.ofMillis(1500), 2.5, Duration.ofMinutes(2), 0.25),
                Duration.ofMillis(30_500),
                false,
                JsonText.ofString("{\"ruleset\":\"Watch\",\"x\":1e2}"),
                List.of("a", "b"),
                "key-" + decision + "-" + index));
    }

    /** The commit of one entry after the one before it. */
    static Commit commit(Activation activation, long epoch, long entry, Decision... decisions) {
        return new Commit(
                InboxId.of(activation.id()),
                epoch,
                entry == 1 ? Position.START : entry(entry - 1),
                entry(entry),
                List.of(decisions),
                List.of(),
                Optional.empty(),
                1);
    }

    /** A task to be varied. */
    record Task(ActionTask task) {
        Task locking(String key) {
            return with(Optional.of(key), task.retry(), task.awaited(), task.queue());
        }

        Task awaited() {
            return with(task.lockKey(), task.retry(), true, task.queue());
        }

        Task once() {
            return with(task.lockKey(), RetryPolicy.NONE, task.awaited(), task.queue());
        }

        Task queue(String queue) {
            return with(task.lockKey(), task.retry(), task.awaited(), queue);
        }

        private Task with(Optional<String> lockKey, RetryPolicy retry, boolean awaited, String queue) {
            return new Task(new ActionTask(
                    task.id(),
                    task.decision(),
                    task.activation(),
                    task.index(),
                    task.action(),
                    task.arguments(),
                    queue,
                    lockKey,
                    retry,
                    task.timeout(),
                    awaited,
                    task.context(),
                    task.hosts(),
                    task.idempotencyKey()));
        }

        Delegated released() {
            return new Delegated(task.index(), task, true);
        }

        Delegated held() {
            return new Delegated(task.index(), task, false);
        }
    }
}
