// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.Plugin;
import io.reflexarc.core.decision.Explanations.Occurrence;
import io.reflexarc.core.decision.Explanations.RuleExplanation;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.problem.UnreadableFile;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.engine.explain.EventExplainer;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.VariablesParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reflexarc explain}: why each rule of a rulebook matches an event, or does not. */
@Command(
        name = "explain",
        description = {
            "Says of each rule of a rulebook why it matches an event or does not.",
            "Of several events the last one is explained, after those before it: joins, windows and throttles count.",
            "Nothing is run; actions for workers are taken to succeed."
        },
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String AT = "at_ms";

    @Parameters(paramLabel = "RULEBOOK", description = "the rulebook's file")
    private Path rulebook = Path.of("");

    @Option(
            names = "--event",
            required = true,
            paramLabel = "FILE|-",
            description = {
                "events as JSON: one object, a list, or one after the other; - reads them from stdin.",
                "{\"at_ms\": 1500, \"event\": {…}} says when one arrives, {\"source\": \"…\"} beside it from where."
            })
    private String events = "";

    @Option(
            names = {"-e", "--vars"},
            paramLabel = "FILE",
            description = "variables, YAML or JSON")
    private Optional<Path> variables = Optional.empty();

    @Option(names = "--all", description = "explains every event, not only the last one")
    private boolean all;

    @Option(names = "--output", converter = Output.Converter.class, description = "text or json (default: text)")
    private Output output = Output.TEXT;

    @Override
    public Integer call() throws IOException {
        JsonText vars = variables.isPresent()
                ? VariablesParser.parse(read(variables.get()), variables.get().toString())
                : JsonText.EMPTY_OBJECT;
        Templates templates = new Templates();
        ActionCatalogue catalogue = ActionCatalogue.installed();
        RulebookParser parser = new RulebookParser(catalogue.names(), templates::text);
        Rulebook checked = parser.parse(read(rulebook), rulebook.toString(), vars);
        EventExplainer explainer = new EventExplainer(
                (text, given) -> parser.parse(text, "rulebook", given),
                templates,
                catalogue,
                Plugin.installedFilters(PluginPath.NONE)::decode);
        List<Occurrence> arrived = occurrences();
        List<Map<String, Object>> said = new ArrayList<>();
        for (int last = all ? 1 : arrived.size(); last <= arrived.size(); last++) {
            List<Occurrence> upTo = arrived.subList(0, last);
            List<RuleExplanation> rules = explainer.explain(checked, vars, upTo);
            if (output == Output.TEXT) {
                System.out.print(ExplanationText.of(upTo.getLast(), rules));
            }
            said.add(json(upTo.getLast(), rules));
        }
        if (output == Output.JSON) {
            System.out.println(JsonText.of(all ? said : said.getLast()));
        }
        return 0;
    }

    private static Map<String, Object> json(Occurrence event, List<RuleExplanation> rules) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", event.id().value());
        json.put("at", event.at());
        json.put("rules", rules);
        return json;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.INVALID, UnreadableFile.sentence(file, e), e);
        }
    }

    private List<Occurrence> occurrences() throws IOException {
        String text = events.equals("-")
                ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                : read(Path.of(events));
        List<JsonNode> found = new ArrayList<>();
        try (MappingIterator<JsonNode> values =
                Json.mapper().readerFor(JsonNode.class).readValues(text)) {
            while (values.hasNextValue()) {
                JsonNode value = values.nextValue();
                (value.isArray() ? value : List.of(value)).forEach(found::add);
            }
        } catch (JsonProcessingException e) {
            throw new ProblemException(ProblemType.INVALID, events + " is not JSON: " + e.getOriginalMessage());
        }
        if (found.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID, events + " holds no event");
        }
        List<Occurrence> arrived = new ArrayList<>();
        for (JsonNode value : found) {
            arrived.add(occurrence(value, arrived));
        }
        return arrived;
    }

    private static Occurrence occurrence(JsonNode value, List<Occurrence> before) {
        boolean timed = value.path("event").isObject() && (value.has(AT) || value.has("source"));
        JsonNode body = timed ? value.path("event") : value;
        if (!(body instanceof ObjectNode event)) {
            throw new ProblemException(
                    ProblemType.INVALID, "event " + (before.size() + 1) + " is no JSON object: an event must be one");
        }
        Instant earliest = before.isEmpty() ? START : before.getLast().at();
        Instant at = timed && value.has(AT) ? START.plusMillis(value.path(AT).asLong()) : earliest;
        String id = event.path("meta").path("uuid").asText("event " + (before.size() + 1));
        return new Occurrence(
                new EventId(id),
                at.isBefore(earliest) ? earliest : at,
                timed && value.has("source") ? Set.of(value.path("source").asText()) : Set.of(),
                JsonText.of(event));
    }
}
