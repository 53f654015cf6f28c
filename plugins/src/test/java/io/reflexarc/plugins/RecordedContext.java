// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins;

import io.reflexarc.core.action.ActionContext;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.action.TaskTerms;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** What an action sees of a worker, and what the worker would have kept of it. */
public final class RecordedContext implements ActionContext {
    private final ActionTask task;
    private final int attempt;
    private final Optional<String> inventory;
    private final Resources resources;
    private final List<String> printed = new CopyOnWriteArrayList<>();
    private boolean handedOver;

    /** The context of one attempt of a task. */
    public RecordedContext(ActionTask task, int attempt, Optional<String> inventory, Resources resources) {
        this.task = task;
        this.attempt = attempt;
        this.inventory = inventory;
        this.resources = resources;
    }

    /** What it answers after an interrupt. */
    public RecordedContext handedOver(boolean answer) {
        handedOver = answer;
        return this;
    }

    /** A task with this JSON as its matched events. */
    public static ActionTask task(String matched, List<String> hosts) {
        DecisionId decision = new DecisionId(UUID.randomUUID());
        return new ActionTask(
                TaskId.of(decision, 0),
                decision,
                new ActivationId(1),
                0,
                "any",
                JsonText.EMPTY_OBJECT,
                ActionTask.DEFAULT_QUEUE,
                Optional.empty(),
                TaskTerms.DEFAULT.retry(),
                Duration.ofMinutes(1),
                false,
                JsonText.ofString(matched),
                hosts,
                "key-" + decision);
    }

    /** All that was printed. */
    public String output() {
        return String.join("", printed);
    }

    @Override
    public ActionTask task() {
        return task;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public Instant deadline() {
        return Instant.MAX;
    }

    @Override
    public Optional<String> inventory() {
        return inventory;
    }

    @Override
    public boolean handedOver() {
        return handedOver;
    }

    @Override
    public void print(String text) {
        printed.add(text);
    }

    @Override
    public <T> T resource(Class<T> type) {
        return resources.get(type);
    }
}
