// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A template on the controller.
 *
 * @param id of the template
 * @param launch address that launches it
 * @param asksForLimit whether a launch may say on which hosts
 * @param asksForLabels whether a launch may give labels
 * @param asksForVariables whether a launch may give variables
 */
record Template(long id, String launch, boolean asksForLimit, boolean asksForLabels, boolean asksForVariables) {
    /** The template of this name in this organization; its name alone is not unique. */
    static Optional<Template> find(ControllerApi api, JobKind kind, String name, String organization)
            throws IOException, InterruptedException {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("name", name));
        for (int page = 1; ; page++) {
            if (page > 1) {
                parameters.put("page", Integer.toString(page));
            }
            JsonNode found = api.get("unified_job_templates/", parameters);
            for (JsonNode one : found.path("results")) {
                if (one.path("type").asText().equals(kind.type())
                        && one.path("name").asText().equals(name)
                        && organization(one).map(organization::equals).orElse(true)) {
                    return Optional.of(of(one));
                }
            }
            if (!found.path("next").isTextual()) {
                return Optional.empty();
            }
        }
    }

    /** Empty for a template that belongs to none: it then is everybody's. */
    private static Optional<String> organization(JsonNode template) {
        JsonNode name = template.path("summary_fields").path("organization").path("name");
        return name.isTextual() ? Optional.of(name.asText()) : Optional.empty();
    }

    private static Template of(JsonNode template) {
        return new Template(
                template.path("id").asLong(),
                template.path("related").path("launch").asText(),
                template.path("ask_limit_on_launch").asBoolean(),
                template.path("ask_labels_on_launch").asBoolean(),
                template.path("ask_variables_on_launch").asBoolean());
    }
}
