// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sets of HTTP status codes: {@code 200}, {@code "2xx"}, {@code "200-204"}, or a list of these.
 *
 * @param ranges at least one
 */
public record StatusRanges(List<Range> ranges) {
    /** Success as HTTP understands it. */
    public static final StatusRanges SUCCESS = new StatusRanges(List.of(new Range(200, 299)));

    private static final Pattern FORM = Pattern.compile("([1-5])xx|([1-5]\\d\\d)(?:\\s*-\\s*([1-5]\\d\\d))?");

    public StatusRanges {
        ranges = List.copyOf(ranges);
    }

    /** Reads one of the forms above. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static StatusRanges parse(JsonNode node) {
        List<Range> ranges = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(item -> ranges.add(range(item.asText())));
        } else {
            ranges.add(range(node.asText()));
        }
        if (ranges.isEmpty()) {
            throw wrong("an empty list");
        }
        return new StatusRanges(ranges);
    }

    private static Range range(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw wrong("\"" + text + "\"");
        }
        if (form.group(1) != null) {
            int first = Integer.parseInt(form.group(1)) * 100;
            return new Range(first, first + 99);
        }
        int first = Integer.parseInt(form.group(2));
        return new Range(first, form.group(3) == null ? first : Integer.parseInt(form.group(3)));
    }

    private static ProblemException wrong(String what) {
        return new ProblemException(
                ProblemType.INVALID, "expected_status is " + what + ": write a code like 204, \"2xx\" or \"200-204\"");
    }

    /** Whether the code is in one of them. */
    public boolean contains(int status) {
        return ranges.stream().anyMatch(range -> range.first <= status && status <= range.last);
    }

    @JsonValue
    @Override
    public String toString() {
        return String.join(", ", ranges.stream().map(Range::toString).toList());
    }

    /** From the first to the last, both included. */
    public record Range(int first, int last) {
        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }
}
