// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.app.run.ActionReport;
import io.reflexarc.app.run.RunObserver;
import io.reflexarc.app.run.RunShutdown;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.decision.MatchedEvents;
import io.reflexarc.engine.decision.Printed;
import io.reflexarc.rulebooks.Rulebook;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a run did, in the form of a recorded verdict. */
final class ActionNotes implements RunObserver {
    /** Of the run itself, different in every run; the recording leaves them out. */
    private static final List<String> OF_THE_RUN = List.of("rule_uuid", "rule_set_uuid", "rule_run_at");

    private final Rulebook rulebook;
    private final ObjectNode verdict = Json.mapper().createObjectNode();

    /** Of this rulebook, which says what its actions see of an event. */
    ActionNotes(Rulebook rulebook) {
        this.rulebook = rulebook;
    }

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
        list("source_events").addObject().put("ruleset", ruleset).set("body", event.tree());
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
        for (String name : List.of("rc", "delay", "kind")) {
            if (result.has(name)) {
                note.set(name, result.path(name));
            }
        }
        note.set("matching_events", matching(report));
    }

    /** The events as the action saw them, which {@code var_root} may have changed. */
    private JsonNode matching(ActionReport report) {
        Optional<Object> varRoot = rulebook.rulesets().stream()
                .filter(ruleset -> ruleset.name().equals(report.decision().ruleset()))
                .flatMap(ruleset -> ruleset.rules().stream())
                .filter(rule -> rule.name().equals(report.decision().rule()))
                .map(rule -> rule.actions().get(report.action().index()))
                .flatMap(action ->
                        Optional.ofNullable(action.arguments().object().get("var_root")).stream())
                .findFirst();
        return JsonText.of(MatchedEvents.seen(report.decision().matched(), varRoot))
                .tree();
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
