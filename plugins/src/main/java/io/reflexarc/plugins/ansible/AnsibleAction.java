// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.action.Action;
import io.reflexarc.core.action.ActionContext;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskTerms;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What Ansible does for us, with the arguments that all of it takes. */
public sealed interface AnsibleAction extends Action permits RunPlaybook, RunModule {
    /** Of the playbook or module. */
    String name();

    /** Further variables, a JSON object. */
    Optional<JsonText> extraVars();

    /** 0 to 5. */
    Optional<Integer> verbosity();

    /** Print Ansible's events as JSON instead of its text. */
    Optional<Boolean> jsonMode();

    /** What it found out becomes a fact. */
    Optional<Boolean> setFacts();

    /** What it found out becomes an event. */
    Optional<Boolean> postEvents();

    /** One further attempt. */
    Optional<Boolean> retry();

    /** Further attempts. */
    Optional<Integer> retries();

    /** Seconds between attempts. */
    Optional<Double> delay();

    /** Runs with the same lock do not run at the same time. */
    Optional<String> lock();

    @Override
    default TaskTerms terms() {
        int again = Math.max(retries().orElse(0), retry().orElse(false) ? 1 : 0);
        Duration pause = Duration.ofMillis(Math.round(delay().orElse(0.0) * 1000));
        return new TaskTerms(new RetryPolicy(again + 1, pause, 1, pause, 0), TaskTerms.DEFAULT.timeout(), lock());
    }

    /** What ansible-runner is told, as a function of arguments and context; nothing is run and no file is read. */
    default AnsibleCall call(ActionContext context) {
        ObjectNode variables = Json.mapper().createObjectNode();
        extraVars().ifPresent(vars -> variables.setAll((ObjectNode) vars.tree()));
        variables.set("ansible_eda", context.matched().tree());
        String playbook = this instanceof RunModule ? ModulePlaybook.FILE : name();
        return new AnsibleCall(
                playbook,
                JsonText.of(variables),
                Hosts.limit(context.hosts()),
                verbosity().orElse(0),
                jsonMode().orElse(false));
    }

    @Override
    default ActionOutcome run(ActionContext context) throws IOException, InterruptedException {
        return new AnsibleRun(this, context).run();
    }

    /** Whether the session wants what the run found out. */
    default boolean feedsBack() {
        return setFacts().orElse(false) || postEvents().orElse(false);
    }
}
