// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.action.ActionContext;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/** What the controller is told of a job. */
final class LaunchArguments {
    /** The variable with ruleset, rule and events. */
    static final String EVENTS = "ansible_eda";

    private LaunchArguments() {}

    static JsonText of(ControllerAction action, ActionContext context) {
        ObjectNode arguments = Json.mapper().createObjectNode();
        action.jobArgs().ifPresent(given -> arguments.setAll((ObjectNode) given.tree()));
        arguments.put("limit", limit(arguments.path("limit"), context));
        ObjectNode variables = arguments.path("extra_vars") instanceof ObjectNode given
                ? given
                : Json.mapper().createObjectNode();
        if (action.includeEvents().orElse(true)) {
            variables.set(EVENTS, context.matched().tree());
        }
        arguments.set("extra_vars", variables);
        return JsonText.of(arguments);
    }

    private static String limit(JsonNode given, ActionContext context) {
        if (given.isArray()) {
            List<String> hosts = new ArrayList<>();
            given.forEach(host -> hosts.add(host.asText()));
            return String.join(",", hosts);
        }
        return given.isMissingNode() || given.isNull() ? String.join(",", context.hosts()) : given.asText();
    }

    /** Names of the labels that the job is to have, beside those of every job. */
    static List<String> labels(ControllerAction action, ActionContext context) {
        List<String> labels = new ArrayList<>(action.labels());
        if (action.addEventUuidLabel().orElse(false)) {
            labels.add(eventLabel(context));
        }
        return labels;
    }

    /** The label that tells the event; of several, of the first one. */
    static String eventLabel(ActionContext context) {
        JsonNode matched = context.matched().tree();
        JsonNode event = matched.has("event")
                ? matched.path("event")
                : matched.path("events").elements().hasNext()
                        ? matched.path("events").elements().next()
                        : matched.path("event");
        String uuid = event.path("meta").path("uuid").asText();
        if (uuid.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID, "add_event_uuid_label needs an event with meta.uuid, and this one has none");
        }
        return "eda-event-uuid-" + uuid;
    }
}
