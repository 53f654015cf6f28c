// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.action.ActionContext;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One attempt of a {@link ControllerAction}: launches a job, or finds the one that an earlier attempt launched, and waits for
 * its end.
 */
final class JobRun {
    private final ControllerAction action;
    private final ActionContext context;
    private final Controller controller;
    private final ControllerApi api;

    JobRun(ControllerAction action, ActionContext context) {
        this.action = action;
        this.context = context;
        this.controller = context.resource(Controller.class);
        this.api = controller.api(action.kind().action());
    }

    ActionOutcome run() throws IOException, InterruptedException {
        try {
            String url = started();
            context.print("job " + url + "\n");
            return judge(ended(url));
        } catch (ControllerApi.Refused e) {
            boolean passes = e.status() == 429 || e.status() >= 500;
            return new ActionOutcome.Failed(
                    String.valueOf(e.getMessage()), passes, Optional.empty(), JsonText.of(known()));
        }
    }

    private String started() throws IOException, InterruptedException {
        Template template = Template.find(api, action.kind(), action.name(), action.organization())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "there is no " + action.kind().noun() + " " + action.name() + " in the organization "
                                + action.organization() + " that this user may see"));
        Launch launch = new Launch(api, action.kind(), template, body(template), eventLabel(template));
        Optional<String> earlier = context.attempt() > 1 ? launch.earlier() : Optional.empty();
        if (earlier.isPresent()) {
            context.print("an earlier attempt has launched the job already\n");
            return earlier.get();
        }
        try {
            return launch.launch();
        } catch (InterruptedException e) {
            if (!context.handedOver()) {
                // The launch may have come through nevertheless
                Optional<String> begun = launch.earlier();
                if (begun.isPresent()) {
                    cancel(begun.get());
                }
            }
            throw e;
        }
    }

    private JsonText body(Template template) throws IOException, InterruptedException {
        ObjectNode body = (ObjectNode) action.launch(context).tree();
        List<String> labels = LaunchArguments.labels(action, context);
        if (template.asksForLabels()) {
            List<String> all = new ArrayList<>(controller.config().labels());
            all.addAll(labels);
            List<Long> ids = new Labels(api, this::warn).ids(action.organization(), all);
            if (!ids.isEmpty()) {
                body.set("labels", Json.mapper().valueToTree(ids));
            }
        } else if (!labels.isEmpty()) {
            warn("the template does not ask for labels (Prompt on launch), so the job gets none");
        }
        if (action.kind() == JobKind.WORKFLOW && !template.asksForLimit()) {
            body.remove("limit");
        }
        return JsonText.of(body);
    }

    private Optional<String> eventLabel(Template template) {
        return template.asksForLabels() && action.addEventUuidLabel().orElse(false)
                ? Optional.of(LaunchArguments.eventLabel(context))
                : Optional.empty();
    }

    private void warn(String what) {
        context.print("[warning] " + what + "\n");
    }

    private JsonNode ended(String url) throws IOException, InterruptedException {
        try {
            return controller.watch().await(action.kind(), url);
        } catch (InterruptedException e) {
            if (!context.handedOver()) {
                cancel(url);
            }
            throw e;
        }
    }

    /** Nobody waits for the job any more. */
    private void cancel(String url) throws InterruptedException {
        try {
            api.postOnce(url + (url.endsWith("/") ? "" : "/") + "cancel/", JsonText.EMPTY_OBJECT);
            context.print("the job was cancelled\n");
        } catch (IOException e) {
            warn("the job could not be cancelled: " + e.getMessage());
        }
    }

    private ObjectNode known() {
        return Json.mapper()
                .createObjectNode()
                .put("template", action.name())
                .put("organization", action.organization());
    }

    private ActionOutcome judge(JsonNode job) {
        long id = job.path("id").asLong();
        String status = job.path("status").asText();
        ObjectNode result = known().put("status", status)
                .put("controller_job_id", id)
                .put("url", api.page(action.kind().page(id)))
                .put("created", job.path("created").asText());
        Optional<JsonText> artifacts = artifacts(job);
        if (action.feedsBack() && artifacts.isEmpty()) {
            warn("the job has no artifacts (set_stats), so there is nothing to send back");
        }
        if (status.equals("successful")) {
            return new ActionOutcome.Succeeded(JsonText.of(result), artifacts);
        }
        String why = job.path("job_explanation").asText();
        String reason = "the job " + id + " of the " + action.kind().noun() + " " + action.name() + " ended as "
                + status + (why.isEmpty() ? "" : " (" + why + ")") + ": see "
                + result.path("url").asText();
        return new ActionOutcome.Failed(
                reason, status.equals("failed"), Optional.empty(), JsonText.of(result), artifacts);
    }

    private Optional<JsonText> artifacts(JsonNode job) {
        JsonNode artifacts = job.path("artifacts");
        return action.feedsBack() && artifacts.isObject() && !artifacts.isEmpty()
                ? Optional.of(JsonText.of(artifacts))
                : Optional.empty();
    }
}
