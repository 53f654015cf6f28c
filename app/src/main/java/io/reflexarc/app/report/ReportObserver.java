// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.app.run.ActionReport;
import io.reflexarc.app.run.RulesetStats;
import io.reflexarc.app.run.RunIdentity;
import io.reflexarc.app.run.RunObserver;
import io.reflexarc.app.run.RunShutdown;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Reports a run in the messages of the worker protocol. */
public final class ReportObserver implements RunObserver {
    private final Consumer<JsonText> link;
    private final String id;
    private final InstantSource clock;
    private final boolean audit;
    private final ConcurrentHashMap<TaskId, ActionReport.Started> running = new ConcurrentHashMap<>();
    private Optional<RunIdentity> identity = Optional.empty();

    /**
     * Sends its messages there.
     *
     * @param id of the activation's instance
     * @param clock for the times of reports
     * @param audit whether actions are reported; failures that have no result always are
     */
    public ReportObserver(Consumer<JsonText> link, String id, InstantSource clock, boolean audit) {
        this.link = link;
        this.id = id;
        this.clock = clock;
        this.audit = audit;
    }

    @Override
    public void began(RunIdentity of) {
        identity = Optional.of(of);
    }

    @Override
    public void started(ActionReport.Started job) {
        running.put(job.task().id(), job);
        if (audit) {
            ObjectNode message = action(
                    "Job", job.decision(), job.task().action(), job.task().index());
            message.put("run_at", job.at().toString());
            message.set("matching_events", job.matchingEvents());
            message.put("hosts", String.join(",", job.task().hosts()));
            message.put("name", name(job.task()));
            message.put("job_id", job.task().id().toString());
            message.put("ansible_rulebook_id", id);
            send(message);
        }
    }

    /** A playbook is known by its file's name. */
    private static String name(ActionTask task) {
        String name = task.arguments().tree().path("name").asText();
        return task.action().equals("run_playbook") ? name.substring(name.lastIndexOf('/') + 1) : name;
    }

    /** What ansible-runner wrote down of a task; on the task's thread. */
    public void runnerEvent(ActionTask task, JsonNode event) {
        ActionReport.Started job = running.get(task.id());
        if (job == null || !audit) {
            return;
        }
        ObjectNode message = action("AnsibleEvent", job.decision(), task.action(), task.index());
        ObjectNode body = event.deepCopy();
        body.put("job_id", task.id().toString());
        body.put("ansible_rulebook_id", id);
        message.set("event", body);
        message.set("run_at", event.path("created"));
        send(message);
    }

    @Override
    public void ended(ActionReport report) {
        boolean task = report.action() instanceof DecidedAction.Delegated;
        TaskId taskId = TaskId.of(report.decision().id(), report.action().index());
        running.remove(taskId);
        ObjectNode details = report.details();
        if (!audit && details.has("matching_events")) {
            return;
        }
        ObjectNode message = action(
                "Action", report.decision(), report.name(), report.action().index());
        message.put("run_at", report.at().toString());
        message.setAll(details);
        if (task && details.has("matching_events")) {
            message.put("job_id", taskId.toString());
        }
        send(message);
    }

    private ObjectNode action(String type, Decision decision, String action, int index) {
        RunIdentity names = identity.orElseThrow();
        return Json.mapper()
                .createObjectNode()
                .put("type", type)
                .put("action", action)
                .put("action_uuid", TaskId.of(decision.id(), index).toString())
                .put("ruleset", decision.ruleset())
                .put("ruleset_uuid", names.ruleset(decision.ruleset()).toString())
                .put("rule", decision.rule())
                .put(
                        "rule_uuid",
                        names.rule(decision.ruleset(), decision.rule()).toString())
                .put("rule_run_at", names.firing(decision).toString())
                .put("activation_id", id)
                .put("activation_instance_id", id);
    }

    @Override
    public void counted(RulesetStats stats) {
        ObjectNode message = Json.mapper()
                .createObjectNode()
                .put("type", "SessionStats")
                .put("activation_id", id)
                .put("activation_instance_id", id);
        message.set("stats", stats(stats));
        message.put("reported_at", clock.instant().toString());
        send(message);
    }

    private static ObjectNode stats(RulesetStats stats) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("start", stats.start().toString());
        stats.end().ifPresent(end -> json.put("end", end.toString()));
        json.put("lastClockTime", stats.sessionTime().toString());
        json.put("clockAdvanceCount", 0);
        json.put("numberOfRules", stats.rules());
        json.put("numberOfDisabledRules", stats.disabledRules());
        json.put("rulesTriggered", stats.rulesTriggered());
        json.put("eventsProcessed", stats.eventsProcessed());
        json.put("eventsMatched", stats.eventsMatched());
        json.put("eventsSuppressed", Math.max(0, stats.eventsProcessed() - stats.eventsMatched()));
        json.put("permanentStorageCount", 0).put("permanentStorageSize", 0);
        json.put("asyncResponses", 0).put("bytesSentOnAsync", 0);
        json.put("sessionId", 1).put("ruleSetName", stats.ruleset());
        json.put("lastRuleFired", stats.lastRuleFired().orElse(""));
        json.put(
                "lastRuleFiredAt",
                stats.lastRuleFiredAt().map(Instant::toString).orElse(null));
        json.put(
                "lastEventReceivedAt",
                stats.lastEventReceivedAt().map(Instant::toString).orElse(null));
        Runtime memory = Runtime.getRuntime();
        long used = memory.totalMemory() - memory.freeMemory();
        json.put("baseLevelMemory", used).put("peakMemory", used).put("usedMemory", used);
        json.put("maxAvailableMemory", memory.maxMemory());
        return json;
    }

    @Override
    public void shutDown(String ruleset, RunShutdown shutdown) {
        send(Json.mapper()
                .createObjectNode()
                .put("type", "Shutdown")
                .put("message", shutdown.message())
                .put("delay", shutdown.seconds())
                .put("source_plugin", shutdown.sourcePlugin())
                .put("kind", shutdown.kind()));
    }

    private void send(ObjectNode message) {
        link.accept(JsonText.of(message));
    }
}
