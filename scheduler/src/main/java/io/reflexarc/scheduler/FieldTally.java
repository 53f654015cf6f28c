// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.reflexarc.core.history.FieldStatistic;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.history.StreamFields;
import io.reflexarc.core.id.Position;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Counts the fields of a stream's events within bounds: so many paths, so many values of each event, the first element of a
 * list only. Values of headers and of what sounds like a secret are not remembered.
 */
final class FieldTally {
    /** Paths of a stream; the rarest give way. */
    static final int MOST_PATHS = 500;

    private static final int MOST_OF_AN_EVENT = 2_000;
    private static final int DEEPEST = 12;
    private static final int LONGEST_PATH = 300;
    /** Shares shall follow the present. */
    private static final long HALVED_AT = 20_000;

    private static final String HEADERS = "event.meta.headers";
    private static final Set<String> TOLD_HEADERS =
            Set.of("content-type", "user-agent", "accept", "x-github-event", "content-length", "x-gitlab-event");
    private static final Pattern SECRET = Pattern.compile(
            "passw|passphrase|secret|token|api[-_]?key|credential|private[-_]?key|authorization|cookie|signature");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, FieldCount> counts = new LinkedHashMap<>();
    private long sampled;
    private Position upTo;
    private int left;

    /** Goes on from what is known. */
    FieldTally(StreamFields known) {
        this.sampled = known.sampled();
        this.upTo = known.upTo();
        known.fields().forEach(field -> counts.put(field.path(), new FieldCount(field)));
    }

    /** Looks at an event. */
    void add(Recorded recorded) {
        upTo = recorded.position();
        left = MOST_OF_AN_EVENT;
        Instant at = recorded.event().receivedAt();
        fields(tree(recorded), "event", 0, false, at);
        if (++sampled >= HALVED_AT) {
            sampled /= 2;
            counts.values().forEach(FieldCount::halve);
            counts.values().removeIf(count -> count.seen() == 0);
        }
    }

    /** A body that cannot be read as it was written must not keep the others. */
    private static JsonNode tree(Recorded recorded) {
        try {
            return recorded.event().body().tree();
        } catch (UncheckedIOException e) {
            return MissingNode.getInstance();
        }
    }

    private void fields(JsonNode node, String path, int depth, boolean secret, Instant at) {
        if (depth > DEEPEST) {
            return;
        }
        if (node.isArray() && !node.isEmpty()) {
            field(node.get(0), path + "[0]", depth, secret, at);
        }
        for (Map.Entry<String, JsonNode> inner : node.properties()) {
            if (left <= 0) {
                return;
            }
            String key = inner.getKey();
            boolean hidden = secret
                    || (path.equals(HEADERS)
                            ? !TOLD_HEADERS.contains(key.toLowerCase(Locale.ROOT))
                            : SECRET.matcher(key.toLowerCase(Locale.ROOT)).find());
            field(inner.getValue(), step(path, key), depth, hidden, at);
        }
    }

    private void field(JsonNode value, String path, int depth, boolean secret, Instant at) {
        left--;
        if (path.isEmpty() || path.length() > LONGEST_PATH) {
            return;
        }
        FieldCount count = counts.get(path);
        if (count == null && counts.size() < 4 * MOST_PATHS) {
            count = new FieldCount(path, at);
            counts.put(path, count);
        }
        if (count != null) {
            count.add(value, secret, at);
        }
        fields(value, path, depth + 1, secret, at);
    }

    /** As a condition writes it; empty where it cannot be written. */
    private static String step(String path, String key) {
        if (PLAIN.matcher(key).matches()) {
            return path + "." + key;
        }
        boolean writable = key.chars().noneMatch(c -> c == '"' || c == '\\' || c < ' ');
        return writable ? path + "[\"" + key + "\"]" : "";
    }

    /** What is known by now: of more paths than are kept the most frequent, and of those the first that were found. */
    StreamFields fields() {
        List<FieldStatistic> kept = counts.values().stream()
                .map(FieldCount::statistic)
                .sorted(Comparator.comparingLong(FieldStatistic::seen)
                        .reversed()
                        .thenComparing(FieldStatistic::lastSeen, Comparator.reverseOrder()))
                .limit(MOST_PATHS)
                .toList();
        return new StreamFields(upTo, sampled, kept);
    }
}
