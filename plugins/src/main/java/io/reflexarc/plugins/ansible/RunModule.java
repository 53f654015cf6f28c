// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import io.reflexarc.core.action.Action;
import io.reflexarc.core.json.JsonText;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Runs one Ansible module against the hosts of the event or the ruleset. Unlike upstream, text in its arguments and in the
 * event is never evaluated as a template by Ansible.
 *
 * @param name of the module, usually {@code namespace.collection.module}
 * @param moduleArgs a mapping, or text as after the module's name in a task
 * @param extraVars further variables
 * @param verbosity 0 to 5
 * @param jsonMode print Ansible's events as JSON instead of its text
 * @param setFacts the module's result, of the last host, becomes a fact
 * @param postEvents the module's result, of the last host, becomes an event
 * @param ruleset where fact and event go, default the own ruleset
 * @param varRoot which part of the event the module's variables hold as the event
 * @param retry one further attempt
 * @param retries further attempts
 * @param delay seconds between attempts
 * @param lock runs with the same lock do not run at the same time
 */
@Action.Name("run_module")
public record RunModule(
        String name,
        Optional<JsonText> moduleArgs,
        Optional<JsonText> extraVars,
        Optional<Integer> verbosity,
        Optional<Boolean> jsonMode,
        Optional<Boolean> setFacts,
        Optional<Boolean> postEvents,
        Optional<String> ruleset,
        Optional<JsonText> varRoot,
        Optional<Boolean> retry,
        Optional<Integer> retries,
        Optional<Double> delay,
        Optional<String> lock)
        implements AnsibleAction {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");

    public RunModule {
        extraVars = extraVars.filter(vars -> !vars.toString().equals("null"));
        moduleArgs = moduleArgs.filter(args -> !args.toString().equals("null"));
        lock = lock.filter(key -> !key.isBlank());
        Arguments.require(name != null && !name.isBlank(), "name is missing");
        Arguments.require(NAME.matcher(name).matches(), "\"" + name + "\" is no name of a module");
        Arguments.require(extraVars.map(vars -> vars.tree().isObject()).orElse(true), "extra_vars is no mapping");
        Arguments.require(
                moduleArgs
                        .map(JsonText::tree)
                        .map(args -> args.isObject() || args.isTextual())
                        .orElse(true),
                "module_args is neither a mapping nor text");
        Arguments.check(verbosity, retries, delay);
    }
}
