// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a throttle. */
final class ThrottleReader {
    private static final List<String> KINDS = List.of("once_within", "once_after", "accumulate_within");
    private static final Pattern PREFIX = Pattern.compile("^(?:events?|facts?)\\.");

    private final Findings findings;

    ThrottleReader(Findings findings) {
        this.findings = findings;
    }

    Optional<Throttle> throttle(Mapping throttle) {
        List<String> kinds = KINDS.stream().filter(throttle::has).toList();
        if (kinds.size() != 1) {
            findings.oneOf("a throttle", throttle, KINDS);
            return Optional.empty();
        }
        String kind = kinds.getFirst();
        Span window = throttle.string(kind).map(Durations::span).orElse(new Span(0, ChronoUnit.SECONDS));
        List<String> groupBy = throttle.strings("group_by_attributes").stream()
                .map(path -> PREFIX.matcher(path.json().textValue()).replaceFirst(""))
                .toList();
        return Optional.of(
                switch (kind) {
                    case "once_within" -> {
                        Shapes.ONCE_WITHIN.check(throttle.fields(), findings);
                        yield new Throttle.OnceWithin(window, groupBy);
                    }
                    case "once_after" -> {
                        Shapes.ONCE_AFTER.check(throttle.fields(), findings);
                        yield new Throttle.OnceAfter(window, groupBy);
                    }
                    default -> {
                        Shapes.ACCUMULATE_WITHIN.check(throttle.fields(), findings);
                        yield new Throttle.AccumulateWithin(window, threshold(throttle), groupBy);
                    }
                });
    }

    private static int threshold(Mapping throttle) {
        return throttle.scalar("threshold")
                .map(scalar -> scalar.json().asInt(1))
                .orElse(1);
    }
}
