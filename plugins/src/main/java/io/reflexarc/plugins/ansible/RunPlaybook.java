// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import io.reflexarc.core.action.Action;
import io.reflexarc.core.action.ActionContext;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskTerms;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs an Ansible playbook against the hosts of the event or the ruleset. The playbook finds the matched events in the
 * variable {@code ansible_eda}. Unlike upstream, text in there and in the extra variables is never evaluated as a template.
 *
 * @param name path below a playbook directory, or {@code namespace.collection.playbook}
 * @param extraVars further variables
 * @param verbosity 0 to 5
 * @param jsonMode print Ansible's events as JSON instead of its text
 * @param copyFiles give the playbook the other files of its directory too, default true
 * @param setFacts its last {@code set_fact} or {@code set_stats} becomes a fact
 * @param postEvents its last {@code set_fact} or {@code set_stats} becomes an event
 * @param ruleset where fact and event go, default the own ruleset
 * @param varRoot which part of the event the playbook sees as the event
 * @param retry one further attempt
 * @param retries further attempts
 * @param delay seconds between attempts
 * @param lock playbooks with the same lock do not run at the same time
 * @param checkFiles accepted for upstream's sake; whether the playbook exists is always checked
 */
@Action.Name("run_playbook")
public record RunPlaybook(
        String name,
        Optional<JsonText> extraVars,
        Optional<Integer> verbosity,
        Optional<Boolean> jsonMode,
        Optional<Boolean> copyFiles,
        Optional<Boolean> setFacts,
        Optional<Boolean> postEvents,
        Optional<String> ruleset,
        Optional<JsonText> varRoot,
        Optional<Boolean> retry,
        Optional<Integer> retries,
        Optional<Double> delay,
        Optional<String> lock,
        Optional<Boolean> checkFiles)
        implements AnsibleAction {
    private static final int MOST_VERBOSE = 5;
    private static final int MOST_RETRIES = 1000;
    private static final double LONGEST_DELAY = 86_400;

    public RunPlaybook {
        require(name != null && !name.isBlank(), "name is missing");
        extraVars = extraVars.filter(vars -> !vars.toString().equals("null"));
        require(extraVars.map(vars -> vars.tree().isObject()).orElse(true), "extra_vars is no mapping");
        require(verbosity.map(v -> v >= 0 && v <= MOST_VERBOSE).orElse(true), "verbosity is not between 0 and 5");
        require(retries.map(n -> n >= 0 && n <= MOST_RETRIES).orElse(true), "retries is not between 0 and 1000");
        require(delay.map(s -> s >= 0 && s <= LONGEST_DELAY).orElse(true), "delay is not between 0 and 86400 seconds");
        lock = lock.filter(key -> !key.isBlank());
    }

    @Override
    public TaskTerms terms() {
        int again = Math.max(retries.orElse(0), retry.orElse(false) ? 1 : 0);
        Duration pause = Duration.ofMillis(Math.round(delay.orElse(0.0) * 1000));
        return new TaskTerms(new RetryPolicy(again + 1, pause, 1, pause, 0), TaskTerms.DEFAULT.timeout(), lock);
    }

    @Override
    public ActionOutcome run(ActionContext context) throws IOException, InterruptedException {
        return new PlaybookRun(this, context).run();
    }

    /** Whether the session wants what the playbook found out. */
    boolean feedsBack() {
        return setFacts.orElse(false) || postEvents.orElse(false);
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new ProblemException(ProblemType.INVALID, otherwise);
        }
    }
}
