// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The launch of one job. The controller has no idempotent launch; a job of ours is known again by the events in its variables,
 * or by the event's label.
 *
 * @param api of the controller
 * @param kind of job
 * @param template that is launched
 * @param body what the controller is told
 * @param eventLabel label that the job gets and that tells the event
 */
record Launch(ControllerApi api, JobKind kind, Template template, JsonText body, Optional<String> eventLabel) {
    /** Jobs of the template, the newest first, among which an earlier one of ours is looked for. */
    private static final int NEWEST = 50;

    /** What the controller shows instead of a secret variable. */
    private static final String HIDDEN = "$encrypted$";

    /** An attempt may go on with such a job; one that failed was an attempt of its own. */
    private static final Set<String> OVER = Set.of("failed");

    /** Launches; looks, before a repeated call, whether the one that failed came through after all. Answers the job's address. */
    String launch() throws IOException, InterruptedException {
        for (int failed = 1; ; failed++) {
            try {
                JsonNode job = api.postOnce(template.launch(), body);
                String url = job.path("url").asText();
                if (url.isEmpty()) {
                    throw new IOException("the controller launched a job and did not say where it is");
                }
                return url;
            } catch (IOException e) {
                if (!ControllerApi.mayWriteAgain(e) || !api.pause(failed)) {
                    throw e;
                }
                Optional<String> earlier = earlier();
                if (earlier.isPresent()) {
                    return earlier.get();
                }
            }
        }
    }

    /** Address of a job that was launched for the same events with the same variables and has not failed. */
    Optional<String> earlier() throws IOException, InterruptedException {
        JsonNode ours = body.tree().path("extra_vars");
        boolean telling = template.asksForVariables() && ours.has(LaunchArguments.EVENTS);
        if (!telling && eventLabel.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("order_by", "-id");
        parameters.put("page_size", Integer.toString(NEWEST));
        eventLabel.ifPresent(label -> parameters.put("labels__name", label));
        JsonNode jobs;
        try {
            jobs = api.get(kind.templates() + "/" + template.id() + "/" + kind.jobs() + "/", parameters)
                    .path("results");
        } catch (ControllerApi.Refused e) {
            // A user who may launch but not look
            return Optional.empty();
        }
        for (JsonNode job : jobs) {
            if (!telling || same(ours, variables(job))) {
                return OVER.contains(job.path("status").asText())
                        ? Optional.empty()
                        : Optional.of(job.path("url").asText());
            }
        }
        return Optional.empty();
    }

    /** The controller keeps them as text. */
    private static JsonNode variables(JsonNode job) {
        JsonNode kept = job.path("extra_vars");
        try {
            return kept.isTextual() ? Json.mapper().readTree(kept.asText()) : kept;
        } catch (JsonProcessingException e) {
            return kept;
        }
    }

    private static boolean same(JsonNode ours, JsonNode theirs) {
        return ours.properties().stream().allMatch(entry -> {
            JsonNode other = theirs.path(entry.getKey());
            return other.equals(entry.getValue()) || other.asText().equals(HIDDEN);
        });
    }
}
