// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.engine.session.RuleMatch;
import io.reflexarc.engine.session.RulesetSession;
import io.reflexarc.rulebooks.ParseResult;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.error.ErrorKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plays the steps of a case on what rules decide, each ruleset in a session of its own, and says what matched. */
final class ConditionRunner {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    /** The original looks at its clock ten times a second, so its timers end at the next tick; ours at their due time. */
    private static final long TICK = 100;

    private static final String ERROR = "refused: ";
    private static final String CLOCK = "clock";

    private final RulebookParser parser;

    ConditionRunner(RulebookParser parser) {
        this.parser = parser;
    }

    /** What was recorded. */
    static Verdict expected(RecordedCase recorded) {
        JsonNode error = recorded.expected().path("error");
        if (error.isObject()) {
            return Verdict.of(ERROR + error.path("kind").asText());
        }
        List<String> lines = new ArrayList<>();
        for (JsonNode match : recorded.expected().path("matches")) {
            Map<String, String> bound = new TreeMap<>();
            match.path("bind").properties().forEach(bind -> bound.put(bind.getKey(), shown(bind.getValue())));
            lines.add(line(
                    match.path("at_ms").asLong(),
                    match.path("trigger").asText(),
                    match.path("ruleset").asText(),
                    match.path("rule").asText(),
                    bound));
        }
        return new Verdict(lines);
    }

    private static String shown(JsonNode bound) {
        return bound.isValueNode() ? bound.asText() : Verdict.canonical(bound);
    }

    private static String line(long at, String trigger, String ruleset, String rule, Map<String, String> bound) {
        return at + " ms, " + trigger + ": " + ruleset + " / " + rule + " " + bound;
    }

    /** What this engine makes of it; any clean refusal stands for a crash of the original. */
    Verdict found(RecordedCase recorded) {
        return switch (parser.check(recorded.rulebook(), recorded.variables())) {
            case ParseResult.Refused refused -> refused(refused.kind(), recorded);
            case ParseResult.Loaded loaded -> {
                try {
                    yield play(loaded.rulebook().rulesets(), recorded.all().path("steps"));
                } catch (ProblemException e) {
                    yield refused(ErrorKind.ENGINE_REJECTED, recorded);
                }
            }
        };
    }

    private static Verdict refused(ErrorKind kind, RecordedCase recorded) {
        String crash = ErrorKind.ENGINE_REJECTED.slug();
        boolean crashed = recorded.expected().at("/error/kind").asText().equals(crash);
        return Verdict.of(ERROR + (crashed ? crash : kind.slug()));
    }

    private static Verdict play(List<Ruleset> rulesets, JsonNode steps) {
        Map<String, RulesetSession> sessions = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        try {
            rulesets.forEach(ruleset -> sessions.put(ruleset.name(), RulesetSession.open(ruleset, START)));
            for (int i = 0; i < steps.size(); i++) {
                JsonNode step = steps.get(i);
                Instant at = START.plusMillis(step.path("at_ms").asLong());
                sessions.forEach((name, session) -> {
                    if (at.isAfter(START)) {
                        add(lines, name, CLOCK, session.advanceTo(at));
                    }
                });
                String ruleset = step.path("ruleset").asText(rulesets.getFirst().name());
                RulesetSession session = sessions.get(ruleset);
                if (session == null) {
                    throw new IllegalArgumentException("step " + i + " names the unknown ruleset " + ruleset);
                }
                take(session, step, i, ruleset, lines);
            }
        } finally {
            sessions.values().forEach(RulesetSession::close);
        }
        return new Verdict(lines);
    }

    private static void take(RulesetSession session, JsonNode step, int number, String ruleset, List<String> lines) {
        String id = step.path("id").asText();
        if (step.has("event")) {
            JsonNode body = withId(step.path("event"), id);
            add(lines, ruleset, id, session.event(eventId(body, id), JsonText.of(body)));
        } else if (step.has("fact")) {
            JsonNode body = withId(step.path("fact"), id);
            add(lines, ruleset, id, session.fact(eventId(body, id), JsonText.of(body)));
        } else if (step.has("retract")) {
            JsonText fact = JsonText.of(step.path("retract"));
            boolean partial = step.path("partial").asBoolean(true);
            add(lines, ruleset, "step" + number, session.retract(fact, partial));
        }
    }

    private static JsonNode withId(JsonNode given, String id) {
        if (!(given instanceof ObjectNode)) {
            return given;
        }
        ObjectNode body = given.deepCopy();
        if (!body.hasNonNull("meta")) {
            body.putObject("meta");
        }
        if (body.get("meta") instanceof ObjectNode meta && !meta.has("uuid")) {
            meta.put("uuid", id);
        }
        return body;
    }

    private static EventId eventId(JsonNode body, String id) {
        return new EventId(body.path("meta").path("uuid").asText(id));
    }

    private static void add(List<String> lines, String ruleset, String trigger, List<RuleMatch> matches) {
        for (RuleMatch match : matches) {
            Map<String, String> bound = new TreeMap<>();
            match.matched().forEach(event -> bound.put(event.binding(), shown(bound(event))));
            long at = match.at().toEpochMilli() - START.toEpochMilli();
            lines.add(line(roundedUp(at), trigger, ruleset, match.rule().name(), bound));
        }
    }

    private static long roundedUp(long millis) {
        return (millis + TICK - 1) / TICK * TICK;
    }

    /** An event is told by its id; one that has none, by its whole body. */
    private static JsonNode bound(MatchedEvent event) {
        JsonNode body = event.body().tree();
        JsonNode id = body.path("meta").path("uuid");
        if (id.isMissingNode()) {
            return Json.mapper().createObjectNode().set("__raw__", body);
        }
        JsonNode added = body.path("meta").path("rule_engine");
        if (added.isMissingNode()) {
            return id;
        }
        ObjectNode amended = Json.mapper().createObjectNode();
        amended.set("id", id);
        amended.set("rule_engine", added);
        return amended;
    }
}
