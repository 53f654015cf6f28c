// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.Span;
import java.util.Locale;

/** What a throttle adds to an event that it lets through, at {@code meta.rule_engine}. */
final class Amendment {
    private static final String META = "meta";

    private Amendment() {}

    static JsonText onceWithin(JsonText body, Span window) {
        return amended(body, data().put("once_within_time_window", text(window)));
    }

    static JsonText onceAfter(JsonText body, Span window, int events) {
        return amended(body, data().put("events_in_window", events).put("once_after_time_window", text(window)));
    }

    static JsonText accumulated(JsonText body, Span window, int threshold) {
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

    /** As written, e.g. {@code 90 SECONDS}. */
    private static String text(Span window) {
        return window.toString().toUpperCase(Locale.ROOT);
    }
}
