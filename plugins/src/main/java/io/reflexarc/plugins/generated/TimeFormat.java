// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.generated;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;

/** How a timestamp is written; local times as Python writes them: to the microsecond, without a fraction when it is zero. */
enum TimeFormat {
    LOCAL(" "),
    ISO8601("'T'"),
    EPOCH("");

    private final String between;

    TimeFormat(String between) {
        this.between = between;
    }

    static TimeFormat of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> GeneratedSource.wrong("time_format must be one of local, iso8601, epoch"));
    }

    void stamp(ObjectNode event, Instant now, ZoneId zone) {
        if (this == EPOCH) {
            event.put("timestamp", now.getEpochSecond());
            return;
        }
        Instant shown = now.truncatedTo(ChronoUnit.MICROS);
        String fraction = shown.getNano() == 0 ? "" : ".SSSSSS";
        event.put(
                "timestamp",
                DateTimeFormatter.ofPattern("uuuu-MM-dd" + between + "HH:mm:ss" + fraction, Locale.ROOT)
                        .format(shown.atZone(zone)));
    }
}
