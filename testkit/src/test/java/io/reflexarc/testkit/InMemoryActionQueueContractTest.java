// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.testkit;

import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.InMemoryActionQueue;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class InMemoryActionQueueContractTest extends ActionQueueContract {
    private final InMemoryActionQueue queue =
            new InMemoryActionQueue(InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z")));

    @Override
    protected ActionQueue queue() {
        return queue;
    }

    @Override
    protected ActionTask add(Wish wish) {
        DecisionId decision = new DecisionId(UUID.randomUUID());
        ActionTask task = new ActionTask(
                TaskId.of(decision, 0),
                decision,
                new ActivationId(1),
                0,
                "http_request",
                JsonText.EMPTY_OBJECT,
                ActionTask.DEFAULT_QUEUE,
                wish.lock(),
                new RetryPolicy(wish.attempts(), Duration.ZERO, 1, Duration.ZERO, 0),
                Duration.ofSeconds(30),
                wish.awaited(),
                JsonText.ofString("{\"ruleset\":\"Watch\",\"rule\":\"Restart it\"}"),
                List.of(),
                "key-" + decision);
        queue.add(task, Optional.empty(), wish.released());
        return task;
    }

    @Override
    protected void release(TaskId task) {
        queue.release(task);
    }

    @Override
    protected TaskState state(TaskId task) {
        return queue.find(task).orElseThrow().state();
    }

    @Override
    protected Optional<TaskId> replacedBy(TaskId task) {
        return queue.find(task).flatMap(row -> row.notes().replacedBy());
    }
}
