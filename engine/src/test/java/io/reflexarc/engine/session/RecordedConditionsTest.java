// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.rulebooks.ParseResult;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs the recorded verdicts on conditions, whose folder is given by {@code -Dreflexarc.conformance=DIR}, and prints how
 * many of each family agree.
 */
class RecordedConditionsTest {
    private static final double FLOOR = 0.995;
    private static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{ *([a-z.]+) *}}");

    /** Enough of a template language for the recorded rulebooks. */
    private static final StringTemplate PATHS_ONLY = (text, variables) -> REFERENCE
            .matcher(text)
            .replaceAll(match ->
                    variables.tree().at("/" + match.group(1).replace('.', '/')).asText());

    private final RulebookParser parser = new RulebookParser(Set.of(), PATHS_ONLY);

    @Test
    void decidesAsTheOriginalWasSeenToDecide() throws IOException {
        Map<String, int[]> families = new TreeMap<>();
        List<String> differences = new ArrayList<>();
        for (JsonNode recorded : cases()) {
            int[] count =
                    families.computeIfAbsent(recorded.path("id").asText().split("/", -1)[0], family -> new int[2]);
            String expected = expected(recorded.path("expected"));
            String found = found(recorded);
            count[1]++;
            if (found.equals(expected)) {
                count[0]++;
            } else {
                differences.add(recorded.path("id").asText() + "\n  expected " + expected + "\n  found    " + found);
            }
        }
        int passed = families.values().stream().mapToInt(count -> count[0]).sum();
        int all = families.values().stream().mapToInt(count -> count[1]).sum();
        StringBuilder report = new StringBuilder();
        families.forEach((family, count) -> report.append("%-20s %4d of %4d%n".formatted(family, count[0], count[1])));
        report.append("%-20s %4d of %4d%n".formatted("all", passed, all));
        System.out.println(report);
        differences.forEach(System.out::println);
        assertThat(all).isPositive();
        assertThat((double) passed / all).as("share of verdicts that agree").isGreaterThanOrEqualTo(FLOOR);
    }

    private static String expected(JsonNode expected) {
        if (expected.has("error")) {
            return "refused";
        }
        List<String> lines = new ArrayList<>();
        for (JsonNode match : expected.path("matches")) {
            Map<String, String> bound = new TreeMap<>();
            match.path("bind").properties().forEach(bind -> {
                JsonNode value = bind.getValue();
                bound.put(bind.getKey(), shown(value) + sorted(value.path("rule_engine")));
            });
            lines.add(line(
                    match.path("at_ms").asLong(),
                    match.path("ruleset").asText(),
                    match.path("rule").asText(),
                    bound));
        }
        return String.join(" ; ", lines);
    }

    private static String shown(JsonNode bound) {
        if (bound.has("__raw__")) {
            return bound.path("__raw__").toString();
        }
        return bound.isObject() ? bound.path("id").asText() : bound.asText();
    }

    private static String line(long at, String ruleset, String rule, Map<String, String> bound) {
        return at + " " + ruleset + "/" + rule + " " + bound;
    }

    private static String sortedJson(JsonText body) {
        return JsonText.of(new TreeMap<>(body.object())).toString();
    }

    private static String sorted(JsonNode node) {
        return node.isObject() ? sortedJson(JsonText.of(node)) : "";
    }

    private String found(JsonNode recorded) {
        JsonNode vars = recorded.path("vars");
        JsonText variables = vars.isObject() ? JsonText.of(vars) : JsonText.EMPTY_OBJECT;
        return switch (parser.check(recorded.path("rulebook").asText(), variables)) {
            case ParseResult.Refused refused -> "refused";
            case ParseResult.Loaded loaded -> {
                try {
                    yield String.join(" ; ", run(loaded.rulebook().rulesets(), recorded.path("steps")));
                } catch (ProblemException e) {
                    yield "refused";
                } catch (RuntimeException e) {
                    yield "broken: " + List.of(e.getStackTrace()).subList(0, 8);
                }
            }
        };
    }

    private static List<String> run(List<Ruleset> rulesets, JsonNode steps) {
        Map<String, RulesetSession> sessions = new LinkedHashMap<>();
        rulesets.forEach(ruleset -> sessions.put(ruleset.name(), RulesetSession.open(ruleset, START)));
        List<String> lines = new ArrayList<>();
        for (JsonNode step : steps) {
            Instant at = START.plusMillis(step.path("at_ms").asLong());
            if (at.isAfter(START)) {
                sessions.forEach((name, session) -> add(lines, name, session.advanceTo(at)));
            }
            String name = step.path("ruleset").asText(rulesets.getFirst().name());
            add(lines, name, take(Objects.requireNonNull(sessions.get(name)), step));
        }
        sessions.values().forEach(RulesetSession::close);
        return lines;
    }

    private static List<RuleMatch> take(RulesetSession session, JsonNode step) {
        if (step.has("event")) {
            JsonNode body = withId(step.path("event"), step.path("id").asText());
            return session.event(id(body, step), JsonText.of(body));
        }
        if (step.has("fact")) {
            JsonNode body = withId(step.path("fact"), step.path("id").asText());
            return session.fact(id(body, step), JsonText.of(body));
        }
        if (step.has("retract")) {
            return session.retract(
                    JsonText.of(step.path("retract")), step.path("partial").asBoolean(true));
        }
        return List.of();
    }

    private static JsonNode withId(JsonNode body, String id) {
        if (body instanceof ObjectNode event) {
            if (!event.has("meta")) {
                event.putObject("meta");
            }
            if (event.get("meta") instanceof ObjectNode meta && !meta.has("uuid")) {
                meta.put("uuid", id);
            }
        }
        return body;
    }

    private static EventId id(JsonNode body, JsonNode step) {
        return new EventId(body.path("meta").path("uuid").asText(step.path("id").asText()));
    }

    private static void add(List<String> lines, String ruleset, List<RuleMatch> matches) {
        for (RuleMatch match : matches) {
            Map<String, String> bound = new TreeMap<>();
            for (MatchedEvent event : match.matched()) {
                JsonNode meta = event.body().tree().path("meta");
                bound.put(
                        event.binding(),
                        meta.isTextual()
                                ? sortedJson(event.body())
                                : event.id().value() + sorted(meta.path("rule_engine")));
            }
            lines.add(line(
                    match.at().toEpochMilli() - START.toEpochMilli(),
                    ruleset,
                    match.rule().name(),
                    bound));
        }
    }

    private static List<JsonNode> cases() throws IOException {
        String folder = System.getProperty("reflexarc.conformance", "");
        assumeTrue(!folder.isEmpty(), "needs the recorded verdicts: -Dreflexarc.conformance=DIR");
        List<JsonNode> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(folder, "cases"))) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode recorded = Json.mapper().readTree(line);
                    if (recorded.path("kind").asText().equals("condition")
                            && recorded.path("stance").asText().equals("match")) {
                        cases.add(recorded);
                    }
                }
            }
        }
        return cases;
    }
}
