// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.plugins.controller.Controller;
import io.reflexarc.rulebooks.ActionSpec;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Rulebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the actions of a rulebook need is asked for before the first event, not at three in the morning. */
final class StartChecks {
    private static final Logger LOGGER = LoggerFactory.getLogger(StartChecks.class);
    private static final Set<String> NEED_INVENTORY = Set.of("run_playbook", "run_module");
    private static final Set<String> NEED_CONTROLLER = Set.of("run_job_template", "run_workflow_template");

    private StartChecks() {}

    static void check(Rulebook rulebook, RunRequest request, RunWorld world) throws InterruptedException {
        if (request.options().dryRun()) {
            return;
        }
        List<Rule> rules = rulebook.rulesets().stream()
                .flatMap(ruleset -> ruleset.rules().stream())
                .filter(Rule::enabled)
                .toList();
        rules.forEach(rule -> rule.actions().forEach(action -> check(rule, action, request)));
        if (rules.stream()
                .flatMap(rule -> rule.actions().stream())
                .anyMatch(action -> NEED_CONTROLLER.contains(action.name()))) {
            ask(world.resources().get(Controller.class));
        }
    }

    private static void ask(Controller controller) throws InterruptedException {
        try {
            LOGGER.atInfo().addKeyValue("version", controller.version()).log("the controller answers");
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "the controller does not answer: " + e.getMessage() + "; check --controller-url",
                    e);
        }
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
