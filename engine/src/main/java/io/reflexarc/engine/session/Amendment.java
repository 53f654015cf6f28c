// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import java.time.Duration;

/** What a throttle adds to an event that it lets through, at {@code meta.rule_engine}. */
final class Amendment {
    private static final String META = "meta";

    private Amendment() {}

    static JsonText onceWithin(JsonText body, Duration window) {
        return amended(body, data().put("once_within_time_window", text(window)));
    }

    static JsonText onceAfter(JsonText body, Duration window, int events) {
        return amended(body, data().put("events_in_window", events).put("once_after_time_window", text(window)));
    }

    static JsonText accumulated(JsonText body, Duration window, int threshold) {
        return amended(
                body, data().put("accumulate_within_time_window", text(window)).put("threshold", threshold));
    }

    private static ObjectNode data() {
        return Json.mapper().createObjectNode();
    }

    /** A {@code meta} that is no object stays as it is. */
    private static JsonText amended(JsonText body, ObjectNode data) {
        if (body.tree() instanceof ObjectNode event) {
            if (!event.has(META)) {
                event.putObject(META);
            }
            if (event.get(META) instanceof ObjectNode meta) {
                meta.set("rule_engine", data);
                return JsonText.of(event);
            }
        }
        return body;
    }

    /** In the largest unit that divides it, e.g. {@code 5 MINUTES}. */
    static String text(Duration window) {
        long millis = window.toMillis();
        long[] sizes = {86_400_000, 3_600_000, 60_000, 1_000};
        String[] units = {"DAYS", "HOURS", "MINUTES", "SECONDS"};
        for (int i = 0; i < sizes.length; i++) {
            if (millis != 0 && millis % sizes[i] == 0) {
                return millis / sizes[i] + " " + units[i];
            }
        }
        return millis + " MILLISECONDS";
    }
}
