// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.rulebooks.ActionSpec;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Rulebook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What the actions of a rulebook need is asked for before the first event, not at three in the morning. */
final class StartChecks {
    private static final Set<String> NEED_INVENTORY = Set.of("run_playbook", "run_module");
    private static final Set<String> NEED_CONTROLLER = Set.of("run_job_template", "run_workflow_template");

    private StartChecks() {}

    static void check(Rulebook rulebook, RunRequest request) {
        if (request.options().dryRun()) {
            return;
        }
        rulebook.rulesets().stream()
                .flatMap(ruleset -> ruleset.rules().stream())
                .filter(Rule::enabled)
                .forEach(rule -> rule.actions().forEach(action -> check(rule, action, request)));
    }

    private static void check(Rule rule, ActionSpec action, RunRequest request) {
        if (NEED_INVENTORY.contains(action.name())) {
            Path inventory = request.inventory()
                    .orElseThrow(() -> needs(rule, action, "inventory to be defined: give one with --inventory"));
            if (!Files.exists(inventory)) {
                throw new ProblemException(ProblemType.INVALID, "Inventory " + inventory + " not found");
            }
        }
        if (NEED_CONTROLLER.contains(action.name()) && !request.controller()) {
            throw needs(
                    rule,
                    action,
                    "controller url and token to be defined: give them with --controller-url and --controller-token");
        }
    }

    private static ProblemException needs(Rule rule, ActionSpec action, String what) {
        return new ProblemException(
                ProblemType.INVALID,
                "Rule " + rule.name() + " has an action " + action.name() + " which needs " + what);
    }
}
