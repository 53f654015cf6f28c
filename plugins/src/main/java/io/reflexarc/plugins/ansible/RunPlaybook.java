// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import io.reflexarc.core.action.Action;
import io.reflexarc.core.json.JsonText;
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
    public RunPlaybook {
        extraVars = extraVars.filter(vars -> !vars.toString().equals("null"));
        lock = lock.filter(key -> !key.isBlank());
        Arguments.require(name != null && !name.isBlank(), "name is missing");
        Arguments.require(extraVars.map(vars -> vars.tree().isObject()).orElse(true), "extra_vars is no mapping");
        Arguments.check(verbosity, retries, delay);
    }
}
