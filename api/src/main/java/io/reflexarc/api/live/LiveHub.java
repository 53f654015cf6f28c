// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.api.resource.DecisionRow;
import io.reflexarc.core.account.Permission;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.audit.ActionView;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Step 12 of the path of an event: takes what every process says and keeps, for each channel, what those who watch need:
 * numbered rows, the newest of them remembered. Belongs to one context; its owner calls {@link #tick} each second.
 */
public final class LiveHub {
    /** The channel whose snapshot is a quarter of an hour, unless less is asked for. */
    static final String STATS = "stats";

    private static final int FRAMES_PER_SECOND = 4;
    private static final int TICKS = 15 * 60;
    private static final int TAIL_PER_SECOND = 200;
    private static final int DECISIONS_PER_SECOND = 100;
    private static final int REMEMBERED_SECONDS = 10;

    /** Parts of rulebooks in one frame: none is left out of any site that has no more of them busy at once. */
    private static final int COUNTERS = 2_000;

    private static final int LOGS = 200;
    private static final String LOG_PREFIX = "log:";

    private final ActivationStore activations;
    private final AuditLog audit;
    private final StatsBoard board;
    private final TapBoard taps;
    private final RingChannel stats = RingChannel.remembering(Set.of(), TICKS, TICKS);
    private final RingChannel tail = RingChannel.remembering(
            Set.of("stream", "stream_id"), TAIL_PER_SECOND * REMEMBERED_SECONDS, TAIL_PER_SECOND / FRAMES_PER_SECOND);
    private final RingChannel decisions;
    private final RingChannel counters =
            RingChannel.remembering(Set.of("rulebook_id"), COUNTERS * REMEMBERED_SECONDS, COUNTERS);
    private final ObjectsChannel objects;
    private final Map<TaskId, LogChannel> logs = new LinkedHashMap<>();

    /**
     * A hub.
     *
     * @param activations for the first state of {@code objects}
     * @param audit for the first state of {@code decisions} and of logs
     * @param start now
     */
    public LiveHub(ActivationStore activations, AuditLog audit, Instant start) {
        this.activations = activations;
        this.audit = audit;
        this.board = new StatsBoard(start);
        this.taps = new TapBoard(start);
        this.decisions = new RingChannel(
                Set.of("activation_id", "ruleset", "rule", "status", "event_id"),
                DECISIONS_PER_SECOND * REMEMBERED_SECONDS,
                DECISIONS_PER_SECOND / FRAMES_PER_SECOND,
                this::storedDecisions);
        this.objects = new ObjectsChannel(this::storedActivations);
    }

    /** Takes an update. */
    public void accept(LiveUpdate update, Instant now) {
        switch (update) {
            case LiveUpdate.EventArrived event ->
                tail.add(new TailRow(
                        event.id().value(),
                        event.at(),
                        event.stream().value(),
                        event.streamName(),
                        event.subject(),
                        event.size()));
            case LiveUpdate.DecisionMade made -> decisions.add(DecisionRow.of(made.decision()));
            case LiveUpdate.TaskChanged task -> objects.put("task", task.id().toString(), fields(task));
            case LiveUpdate.ActivationChanged activation -> {
                board.status(activation.id(), activation.status().label());
                objects.put(
                        "activation",
                        activation.id().toString(),
                        fields(
                                activation.name(),
                                activation.status(),
                                activation.message(),
                                activation.eventsSeen(),
                                activation.rulesFired()));
            }
            case LiveUpdate.Printed printed -> log(printed.task()).add(printed);
            case LiveUpdate.RequestSeen seen -> taps.add(seen);
            case LiveUpdate.RequestsTold told -> taps.hear(told);
            case LiveUpdate.RequestsAsked asked -> {
                // Answered by who can publish.
            }
            case LiveUpdate.Counted counted -> board.add(counted, now);
            case LiveUpdate.SessionGlimpsed glimpsed -> {
                // Only for who asked.
            }
        }
    }

    /** Ends a second: one more row of {@code stats}, and {@code counters} of what was busy. */
    public void tick(Instant now) {
        board.counters(now).forEach(counters::add);
        stats.add(board.tick(now));
    }

    /** The activations as they are now, for {@link #statuses}. */
    Future<List<Activation>> listed() {
        return activations
                .list(new PageRequest(1, PageRequest.MAX_SIZE, Map.of()))
                .map(page -> page.items());
    }

    /** Takes the statuses of all activations. */
    void statuses(List<Activation> all) {
        board.statuses(all);
    }

    /** The last requests of the streams. */
    public TapBoard taps() {
        return taps;
    }

    /** Entries that wait for an activation, as last reported. */
    public Optional<Long> lag(ActivationId activation) {
        return board.lag(activation);
    }

    /** The channel of this name; a problem when there is none. */
    Channel channel(String name) {
        return switch (name) {
            case STATS -> stats;
            case "tail" -> tail;
            case "decisions" -> decisions;
            case "objects" -> objects;
            case "counters" -> counters;
            default -> log(task(name));
        };
    }

    /** What a user must be allowed to, to subscribe to a channel. */
    Permission permission(String channel) {
        Permission.Kind kind = switch (channel) {
            case "tail" -> Permission.Kind.EVENT;
            case "decisions" -> Permission.Kind.DECISION;
            case "counters" -> Permission.Kind.RULEBOOK;
            case STATS, "objects" -> Permission.Kind.LIVE;
            default -> Permission.Kind.TASK;
        };
        return new Permission(Permission.Verb.READ, kind);
    }

    private static TaskId task(String channel) {
        try {
            if (channel.startsWith(LOG_PREFIX)) {
                return TaskId.parse(channel.substring(LOG_PREFIX.length()));
            }
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID, "After log: stands the id of a task.", e);
        }
        throw new ProblemException(
                ProblemType.INVALID,
                "There is no such channel: stats, tail, decisions, objects, counters, log:<task id>.");
    }

    private LogChannel log(TaskId task) {
        LogChannel known = logs.remove(task);
        LogChannel channel = known == null ? new LogChannel(() -> storedOutput(task)) : known;
        logs.put(task, channel);
        if (logs.size() > LOGS) {
            logs.remove(logs.keySet().iterator().next());
        }
        return channel;
    }

    private Future<List<JsonNode>> storedDecisions(int max) {
        int size = Math.clamp(max, 1, PageRequest.MAX_SIZE);
        return audit.decisions(new PageRequest(1, size, Map.of()))
                .map(page -> page.items().reversed().stream()
                        .map(one -> tree(DecisionRow.of(one)))
                        .toList());
    }

    private Future<List<ObjectPatch>> storedActivations() {
        long now = objects.last();
        return listed().map(all -> all.stream()
                .map(one -> new ObjectPatch(
                        "activation",
                        one.id().toString(),
                        now,
                        fields(one.name(), one.status(), one.statusMessage(), one.eventsSeen(), one.rulesFired())))
                .toList());
    }

    private Future<List<LogChunk>> storedOutput(TaskId task) {
        return audit.task(task)
                .compose(found -> found.map(one -> audit.decision(one.decision()))
                        .orElse(Future.succeededFuture(Optional.empty())))
                .map(detail -> detail.stream()
                        .flatMap(one -> one.actions().stream())
                        .filter(action -> action.task().filter(task::equals).isPresent())
                        .filter(action -> !action.output().isEmpty())
                        .map(LiveHub::chunk)
                        .toList());
    }

    private static LogChunk chunk(ActionView action) {
        int attempt =
                action.attempts().isEmpty() ? 1 : action.attempts().getLast().number();
        return new LogChunk(attempt, 0, action.output());
    }

    private static ObjectNode fields(LiveUpdate.TaskChanged task) {
        return Json.mapper()
                .createObjectNode()
                .put("decision_id", task.decision().toString())
                .put("action", task.action())
                .put("state", task.state().label())
                .put("attempt", task.attempt())
                .put("message", task.message())
                .put("at", task.at().toString());
    }

    private static ObjectNode fields(
            String name, ActivationStatus status, String message, long eventsSeen, long rulesFired) {
        return Json.mapper()
                .createObjectNode()
                .put("name", name)
                .put("status", status.label())
                .put("status_message", message)
                .put("events_seen_count", eventsSeen)
                .put("rules_fired_count", rulesFired);
    }

    private static JsonNode tree(Object row) {
        return Json.mapper().valueToTree(row);
    }
}
