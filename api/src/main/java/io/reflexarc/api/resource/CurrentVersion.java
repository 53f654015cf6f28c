// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.Replacement;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.audit.DecisionDetail;
import io.reflexarc.core.audit.TaskSummary;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.Explanations.Occurrence;
import io.reflexarc.core.decision.Rehearsals;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.RulebookStore;
import io.reflexarc.core.rulebook.RulebookVersion;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides a dead letter again by the version of the rulebook that its activation runs now: the events that the rule matched
 * are played through the engine itself, and what the same rule would do with them is what is to be done.
 */
final class CurrentVersion {
    private final Vertx vertx;
    private final AuditLog audit;
    private final ActivationStore activations;
    private final RulebookStore rulebooks;
    private final Rehearsals rehearsals;
    private final ActionCatalogue catalogue;

    CurrentVersion(
            Vertx vertx,
            AuditLog audit,
            ActivationStore activations,
            RulebookStore rulebooks,
            Rehearsals rehearsals,
            ActionCatalogue catalogue) {
        this.vertx = vertx;
        this.audit = audit;
        this.activations = activations;
        this.rulebooks = rulebooks;
        this.rehearsals = rehearsals;
        this.catalogue = catalogue;
    }

    /** What it decides; {@code CONFLICT} says why it decides nothing that could be run. */
    Replacement of(TaskSummary task) {
        DecisionDetail decision = audit.decision(task.decision())
                .await()
                .orElseThrow(() -> refused("The decision of this action is not in the audit any more, so that nothing"
                        + " can be decided again. Retry it as it is, or drop it."));
        Activation activation = activations
                .find(task.activation())
                .await()
                .orElseThrow(() -> refused("The activation that decided this is deleted, so that it has no current"
                        + " version. Retry it as it is, or drop it."));
        RulebookVersion version = rulebooks
                .version(activation.rulebookVersion())
                .await()
                .orElseThrow(() -> refused("The activation has no version of its rulebook any more."));
        DecidedAction again = chosen(task, version.number(), decisions(version, activation, decision));
        if (!(again instanceof DecidedAction.Delegated delegated)) {
            throw refused("Version " + version.number() + " answers with " + again.name()
                    + " there, which is done while deciding and not by a worker: nothing is left to be run. Drop this"
                    + " action.");
        }
        ActionTask next = delegated.task();
        return new Replacement(
                next.arguments(),
                catalogue.decode(next.action(), next.arguments()).terms(),
                Optional.of(new Replacement.Again(version.number(), next.action(), next.context(), next.hosts())));
    }

    private List<Decision> decisions(RulebookVersion version, Activation activation, DecisionDetail before) {
        Instant at = before.summary().at();
        List<Occurrence> events = before.matched().stream()
                .map(one -> new Occurrence(one.id(), at, Set.of(), one.body()))
                .distinct()
                .toList();
        if (events.isEmpty()) {
            throw refused("This was decided because nothing arrived: there is no event that version " + version.number()
                    + " could decide on again. Retry it as it is, or drop it.");
        }
        return vertx
                .executeBlocking(() -> rehearsals.rehearse(version.text(), activation.variables(), events), false)
                .compose(steps -> steps)
                .await()
                .stream()
                .flatMap(step -> step.decisions().stream())
                .toList();
    }

    /** The action at the same place of the same rule, or of the same name where the list has moved. */
    static DecidedAction chosen(TaskSummary task, int version, List<Decision> decisions) {
        Decision decision = decisions.stream()
                .filter(one ->
                        one.ruleset().equals(task.ruleset()) && one.rule().equals(task.rule()))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> refused("The rule \"" + task.rule() + "\" of version " + version
                        + " does not match these events any more. Retry the action as it was decided, or drop it."));
        List<DecidedAction> actions = decision.actions();
        Stream<DecidedAction> there = actions.stream().filter(one -> one.index() == task.index());
        Stream<DecidedAction> named = actions.stream().filter(one -> one.name().equals(task.action()));
        return Stream.concat(there.filter(one -> one.name().equals(task.action()) || !anywhere(task, actions)), named)
                .findFirst()
                .orElseThrow(() -> refused("The rule \"" + task.rule() + "\" of version " + version + " has no action "
                        + task.action() + " any more, and none at its place. Drop this action."));
    }

    private static boolean anywhere(TaskSummary task, List<DecidedAction> actions) {
        return actions.stream().anyMatch(one -> one.name().equals(task.action()));
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemType.CONFLICT, why);
    }
}
