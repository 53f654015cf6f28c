// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.List;

/**
 * How an action of a decision ended.
 *
 * @param decision that made it
 * @param action as decided, with its rendered arguments
 * @param succeeded or not
 * @param message why it failed, else empty
 * @param result what is known beside that, a JSON object: of a playbook {@code playbook} and {@code rc}, of a shutdown
 *     {@code delay}, {@code message} and {@code kind}
 * @param at when it ended
 */
public record ActionReport(
        Decision decision, DecidedAction action, boolean succeeded, String message, JsonText result, Instant at) {
    /** Name as the audit shows it. */
    public String name() {
        return name(action);
    }

    /** Name of an action as the audit shows it. */
    static String name(DecidedAction action) {
        return action.name().equals("none") ? "noop" : action.name();
    }

    /** {@code successful} or {@code failed}. */
    public String status() {
        return succeeded ? "successful" : "failed";
    }

    /** The events by binding: a JSON object. */
    public ObjectNode matchingEvents() {
        return matchingEvents(decision);
    }

    /**
     * The report as the audit gets it, without ids and times: {@code action, ruleset, rule, status} and what its kind of action
     * adds. An action that failed before it had a result has a {@code message} and no {@code matching_events}.
     */
    public ObjectNode details() {
        ObjectNode report = Json.mapper()
                .createObjectNode()
                .put("action", name())
                .put("ruleset", decision.ruleset())
                .put("rule", decision.rule())
                .put("status", status());
        JsonNode known = result.tree();
        JsonNode written = action.arguments().tree().path("name");
        if (!succeeded && known.isEmpty()) {
            report.put("message", message);
            if (action instanceof DecidedAction.Delegated) {
                report.set("playbook_name", written);
            }
            return report;
        }
        report.set("matching_events", matchingEvents());
        switch (action.name()) {
            case "run_playbook" -> {
                report.set("playbook_name", known.path("playbook").isMissingNode() ? written : known.path("playbook"));
                copy(known, report, "rc");
            }
            case "run_module" -> {
                report.set("playbook_name", written);
                copy(known, report, "rc");
            }
            case "run_job_template" -> job(known, report, "job_template_name");
            case "run_workflow_template" -> job(known, report, "name");
            case "shutdown" -> List.of("delay", "message", "kind").forEach(name -> copy(known, report, name));
            default -> {
                // Nothing more to say
            }
        }
        return report;
    }

    private void job(JsonNode known, ObjectNode report, String name) {
        report.set(name, known.path("template"));
        List.of("organization", "url", "controller_job_id").forEach(field -> copy(known, report, field));
        if (known.path("status").isTextual()) {
            report.set("status", known.path("status"));
        }
        if (!succeeded) {
            report.put("message", message);
            report.putObject("reason").put("error", message);
        }
    }

    private static void copy(JsonNode from, ObjectNode to, String name) {
        if (from.has(name)) {
            to.set(name, from.get(name));
        }
    }

    /** The events of a decision by binding. */
    static ObjectNode matchingEvents(Decision decision) {
        ObjectNode events = Json.mapper().createObjectNode();
        for (MatchedEvent event : decision.matched()) {
            events.set(event.binding(), event.body().tree());
        }
        return events;
    }

    /**
     * An action outside the engine that starts.
     *
     * @param decision that made it
     * @param task as the worker gets it
     * @param at when
     */
    public record Started(Decision decision, ActionTask task, Instant at) {
        /** The events by binding: a JSON object. */
        public ObjectNode matchingEvents() {
            return ActionReport.matchingEvents(decision);
        }
    }
}
