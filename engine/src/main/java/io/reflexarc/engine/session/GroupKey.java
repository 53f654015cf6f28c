// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.reflexarc.core.json.Json;
import io.reflexarc.engine.compile.Absent;
import io.reflexarc.engine.compile.Evaluator;
import io.reflexarc.engine.compile.Scope;
import io.reflexarc.rulebooks.condition.Expression.Path;
import io.reflexarc.rulebooks.condition.Expression.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which group of a throttle an event belongs to. 1, 1.0 and "1" are three groups, null is one. */
final class GroupKey {
    private static final Pattern STEP = Pattern.compile(
            "\\.?(?<name>[^.\\[\\]]+)|\\[(?<index>[+-]?\\d+)]|\\[\"(?<double>[^\"]*)\"]|\\['(?<single>[^']*)']");
    private static final ObjectWriter CANONICAL =
            Json.mapper().writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private final Evaluator evaluator = new Evaluator();
    private final List<Path> paths;

    GroupKey(List<String> attributes) {
        paths = attributes.stream().map(GroupKey::path).toList();
    }

    /** The values as JSON; empty where one is missing: such an event is a group of its own. */
    Optional<String> of(Map<String, Object> fields) {
        List<@Nullable Object> values = new ArrayList<>(paths.size());
        for (Path path : paths) {
            Object value = path.steps().isEmpty() ? Absent.MISSING : evaluator.value(path, Scope.of(fields));
            if (value instanceof Absent) {
                return Optional.empty();
            }
            values.add(value);
        }
        try {
            return Optional.of(CANONICAL.writeValueAsString(values));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("values of an event are always JSON", e);
        }
    }

    /** Without steps where the text is not a path: such an attribute is always missing. */
    private static Path path(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int end = 0;
        while (end < text.length()) {
            matcher.region(end, text.length());
            if (!matcher.lookingAt()) {
                return new Path("", List.of(), text);
            }
            steps.add(step(matcher));
            end = matcher.end();
        }
        return new Path("", steps, text);
    }

    private static Step step(Matcher matcher) {
        if (matcher.group("name") != null) {
            return new Step.Name(matcher.group("name"));
        }
        if (matcher.group("index") != null) {
            return new Step.Index(Integer.parseInt(matcher.group("index")));
        }
        String key = matcher.group("double");
        return new Step.Key(key == null ? matcher.group("single") : key);
    }
}
