// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.app.run.RunRequest;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a case says beside its rulebook: options of the command line that change what a run does, and the environment.
 *
 * @param given options with their values; one that takes none has an empty one
 * @param environment variables
 */
record CaseArguments(Map<String, String> given, Map<String, String> environment) {
    private static final List<String> FLAGS =
            List.of("--print-events", "--skip-audit-events", "--verbose", "-v", "-vv", "--debug");
    private static final List<String> SHOWING = List.of("--heartbeat", "--gc-after");

    static CaseArguments of(RecordedCase recorded) {
        Map<String, String> given = new LinkedHashMap<>();
        Iterator<JsonNode> words = recorded.all().path("args").elements();
        while (words.hasNext()) {
            String word = words.next().asText();
            String[] parts = word.split("=", 2);
            boolean flag = FLAGS.contains(parts[0]);
            given.put(
                    parts[0],
                    parts.length == 2 ? parts[1] : flag ? "" : words.next().asText());
        }
        Map<String, String> environment = new HashMap<>();
        recorded.all()
                .path("env")
                .properties()
                .forEach(one -> environment.put(one.getKey(), one.getValue().asText()));
        return new CaseArguments(given, environment);
    }

    private Optional<String> option(String... names) {
        return List.of(names).stream()
                .flatMap(name -> Optional.ofNullable(given.get(name)).stream())
                .findFirst();
    }

    /** The variables file's, and those of the environment that the case names, which are strings and win. */
    JsonText variables(JsonText file) {
        ObjectNode variables = file.tree().deepCopy();
        for (String name : option("-E", "--env-vars").orElse("").split(",", -1)) {
            if (!name.isBlank()) {
                variables.put(
                        name.strip(),
                        Optional.ofNullable(environment.get(name.strip()))
                                .orElseThrow(() -> new ProblemException(
                                        ProblemType.INVALID,
                                        "Could not find environment variable '" + name.strip() + "'")));
            }
        }
        return JsonText.of(variables);
    }

    /** How to run it. */
    RunRequest.Options options() {
        given.keySet().stream()
                .filter(name -> !FLAGS.contains(name) && !SHOWING.contains(name))
                .filter(name -> !List.of("-E", "--env-vars", "--shutdown-delay", "--execution-strategy")
                        .contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("the case has the option " + name + ", which is not known here");
                });
        RunRequest.Options usual = RunRequest.Options.DEFAULT;
        return new RunRequest.Options(
                option("--execution-strategy")
                        .map(word -> ExecutionStrategy.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(usual.strategy()),
                option("--shutdown-delay")
                        .map(seconds -> Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000)))
                        .orElse(usual.shutdownDelay()),
                usual.heartbeat(),
                usual.concurrency(),
                false);
    }
}
