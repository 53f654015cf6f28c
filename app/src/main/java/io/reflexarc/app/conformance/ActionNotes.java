// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.app.run.ActionReport;
import io.reflexarc.app.run.RunObserver;
import io.reflexarc.app.run.RunShutdown;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.decision.Printed;
import java.util.List;
import java.util.Locale;

/** What a run did, in the form of a recorded verdict. */
final class ActionNotes implements RunObserver {
    /** Of the run itself, different in every run; the recording leaves them out. */
    private static final List<String> OF_THE_RUN = List.of("rule_uuid", "rule_set_uuid", "rule_run_at");

    private final ObjectNode verdict = Json.mapper().createObjectNode();

    private ArrayNode list(String name) {
        return verdict.withArray("/" + name);
    }

    /** The verdict so far. */
    ObjectNode verdict() {
        return verdict;
    }

    void exit(int code) {
        verdict.put("exit_code", code);
    }

    void ran(ObjectNode run) {
        list("runs").add(run);
    }

    @Override
    public void received(String ruleset, JsonText event) {
        list("source_events").add(event.tree());
    }

    @Override
    public void printed(Printed printed) {
        JsonNode content = printed.content().tree();
        if (content instanceof ObjectNode all && printed.channel().equals("debug: kwargs")) {
            all.remove(OF_THE_RUN);
        }
        ObjectNode note = list("output").addObject().put("channel", printed.channel());
        note.set("content", content);
        if (printed.pretty()) {
            note.put("pretty", true);
        }
    }

    @Override
    public void emitted(Emitted emitted) {
        ObjectNode note = list("emitted").addObject();
        note.put("kind", emitted.kind().name().toLowerCase(Locale.ROOT));
        note.put("ruleset", emitted.ruleset());
        note.set("body", emitted.body());
        if (emitted.kind() == Effect.RETRACT) {
            note.put("partial", emitted.partial());
        }
    }

    @Override
    public void ended(ActionReport report) {
        ObjectNode note = list("reports").addObject();
        note.put("action", report.name());
        note.put("ruleset", report.decision().ruleset());
        note.put("rule", report.decision().rule());
        note.put("status", report.status());
        JsonNode result = report.result().tree();
        if (!report.succeeded() && !report.message().isEmpty()) {
            note.put("message", report.message());
        } else if (result.path("message").isTextual()) {
            note.set("message", result.path("message"));
        }
        for (String name : List.of("playbook", "module")) {
            if (result.has(name)) {
                note.set("playbook_name", result.path(name));
            }
        }
        if (result.has("rc")) {
            note.set("rc", result.path("rc"));
        }
        note.set("matching_events", matching(report));
    }

    /** The events as the action saw them, which {@code var_root} may have changed. */
    private static JsonNode matching(ActionReport report) {
        if (report.action() instanceof DecidedAction.Delegated delegated) {
            ActionTask task = delegated.task();
            JsonNode context = task.context().tree();
            if (context.has("events")) {
                return context.path("events");
            }
            return Json.mapper().createObjectNode().set("m", context.path("event"));
        }
        return report.matchingEvents();
    }

    @Override
    public void shutDown(String ruleset, RunShutdown shutdown) {
        if (!verdict.has("shutdown")) {
            ObjectNode note = verdict.putObject("shutdown");
            note.put("message", shutdown.message());
            note.put("kind", shutdown.kind());
            note.put("delay", shutdown.seconds());
            note.put("source_plugin", shutdown.sourcePlugin());
        }
    }
}
