// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.action.ActionContext;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One attempt of an {@link AnsibleAction}, in a private data directory of ansible-runner that is gone afterwards. */
final class AnsibleRun {
    /** What ansible-playbook says of a module that is not installed. */
    private static final String NO_MODULE = "couldn't resolve module/action";

    private final AnsibleAction action;
    private final ActionContext context;
    private final AnsibleConfig ansible;
    private final AtomicBoolean moduleMissing = new AtomicBoolean();

    AnsibleRun(AnsibleAction action, ActionContext context) {
        this.action = action;
        this.context = context;
        this.ansible = context.resource(AnsibleConfig.class);
    }

    ActionOutcome run() throws IOException, InterruptedException {
        Optional<String> missing = ansible.missing(verb());
        if (missing.isPresent()) {
            return ActionOutcome.Failed.permanent(missing.get());
        }
        AnsibleCall call = action.call(context);
        try (RunnerDirectory directory = RunnerDirectory.create(ansible, context.inventory(), verb())) {
            String playbook = place(call, directory);
            directory.variables(call.extraVars());
            RunnerProcess process = RunnerProcess.start(directory.command(call, playbook), this::line);
            int rc = process.await();
            JobEvents events = directory.events();
            events.each(event -> ansible.events().event(context.task(), event));
            return judge(rc, events, playbook);
        }
    }

    private String verb() {
        return action instanceof RunModule ? "run_module" : "run_playbook";
    }

    private String place(AnsibleCall call, RunnerDirectory directory) throws IOException {
        return switch (action) {
            case RunPlaybook playbook ->
                new PlaybookFiles(ansible.playbookRoots())
                        .prepare(playbook.name(), playbook.copyFiles().orElse(true), directory.project());
            case RunModule module -> {
                directory.playbook(ModulePlaybook.FILE, ModulePlaybook.of(module, call.limit()));
                yield ModulePlaybook.FILE;
            }
        };
    }

    private void line(String line) {
        if (line.contains(NO_MODULE)) {
            moduleMissing.set(true);
        }
        context.print(line + "\n");
    }

    private ActionOutcome judge(int rc, JobEvents events, String playbook) throws IOException {
        ObjectNode result = Json.mapper().createObjectNode();
        switch (action) {
            case RunPlaybook unused -> result.put("playbook", playbook);
            case RunModule module -> result.put("module", module.name());
        }
        result.put("rc", rc);
        events.recap().ifPresent(recap -> {
            ObjectNode counts = result.putObject("recap");
            for (String name : List.of("ok", "changed", "failures", "dark", "skipped", "rescued", "ignored")) {
                counts.set(name, recap.path(name));
            }
        });
        if (rc != 0) {
            return new ActionOutcome.Failed(reason(rc), true, Optional.empty(), JsonText.of(result));
        }
        return action.feedsBack() ? withFeedback(events, result) : ActionOutcome.Succeeded.of(JsonText.of(result));
    }

    private String reason(int rc) {
        String what = switch (action) {
            case RunPlaybook playbook -> "the playbook " + playbook.name();
            case RunModule module -> "the module " + module.name();
        };
        return what + " failed (rc " + rc + "): "
                + (moduleMissing.get()
                        ? "a module is not installed here; install its collection (ansible-galaxy collection install)"
                                + " or correct its name"
                        : "see its output");
    }

    private ActionOutcome withFeedback(JobEvents events, ObjectNode result) throws IOException {
        Optional<JsonText> artefact = events.lastArtefact();
        Optional<JsonText> found = switch (action) {
            case RunPlaybook unused -> artefact;
            case RunModule unused -> artefact.flatMap(AnsibleRun::moduleResult);
        };
        if (found.isEmpty()) {
            String warning = "nothing was set with set_fact or set_stats, so there is nothing to send back";
            context.print("[warning] " + warning + "\n");
            result.put("warning", warning);
        }
        return new ActionOutcome.Succeeded(JsonText.of(result), found);
    }

    private static Optional<JsonText> moduleResult(JsonText artefact) {
        JsonNode result = artefact.tree().path(ModulePlaybook.RESULT);
        return result.isObject() ? Optional.of(JsonText.of(result)) : Optional.empty();
    }
}
