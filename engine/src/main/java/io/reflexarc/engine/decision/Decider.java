// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.action.Action;
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.TaskTerms;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.engine.session.RuleMatch;
import io.reflexarc.engine.template.TemplateContext;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.ActionSpec;
import io.reflexarc.rulebooks.Ruleset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a rule that matched makes happen: arguments rendered, actions of the engine's own told from tasks. */
final class Decider {
    private final ActivationId activation;
    private final Pool pool;
    private final Pool masked;
    private final Duration shutdownDelay;
    private final Templates templates;
    private final ActionCatalogue catalogue;
    /** By the action itself: two may read the same. */
    private final Map<ActionSpec, Written> written = new IdentityHashMap<>();

    /** Decides for one activation. */
    Decider(SessionPlan plan) {
        this.activation = plan.inbox().activation();
        this.pool = Pool.of(plan.variables().object());
        this.masked = Pool.of(OwnActions.masked(pool.values()));
        this.shutdownDelay = plan.shutdownDelay();
        this.templates = plan.templates();
        this.catalogue = plan.catalogue();
    }

    /** The actions of a match, none of them begun. */
    Plan plan(Firing firing) {
        Plan plan = new Plan(new ArrayList<>(), new ArrayList<>());
        List<ActionSpec> specs = firing.match().rule().actions();
        for (int index = 0; index < specs.size(); index++) {
            boolean waitedFor = firing.sequential() || index < specs.size() - 1;
            add(plan, firing, index, specs.get(index), waitedFor);
        }
        return plan;
    }

    /** An action that cannot be rendered fails alone: those before and after it are done. */
    private void add(Plan plan, Firing firing, int index, ActionSpec spec, boolean waitedFor) {
        try {
            Written written = this.written.computeIfAbsent(spec, this::looked);
            MatchedEvents events = MatchedEvents.of(firing.match().matched(), written.varRoot());
            // What debug shows goes to screens and logs: it does not get to see secrets in the first place
            Pool seen = spec.name().equals("debug") ? masked : pool;
            Surroundings around = around(firing, events, seen);
            JsonText arguments = rendered(written, firing.id(), events, seen);
            if (OwnActions.isOwn(spec.name())) {
                plan.own(index, spec.name(), arguments, OwnActions.effect(spec.name(), arguments, around));
            } else {
                delegate(plan, firing.id(), index, spec.name(), arguments, around, waitedFor);
            }
        } catch (ProblemException e) {
            String message = spec.name() + " at " + spec.place() + ": " + e.detail();
            plan.own(index, spec.name(), spec.arguments(), new Effect.Fail(message));
        }
    }

    /** Chance in templates derives from the decision's id. Most arguments hold no template and build no tree. */
    private JsonText rendered(Written written, DecisionId id, MatchedEvents events, Pool seen) {
        if (!written.template()) {
            return written.arguments();
        }
        Map<String, JsonNode> bindings = Map.of(events.name(), Json.mapper().valueToTree(events.values()));
        long seed = id.value().getMostSignificantBits();
        return templates.render(written.arguments(), new TemplateContext(seen.tree(), bindings, seed));
    }

    private Surroundings around(Firing firing, MatchedEvents events, Pool seen) {
        return new Surroundings(
                firing.ruleset().name(),
                firing.match().rule().name(),
                firing.ruleset().hosts(),
                seen.values(),
                events,
                shutdownDelay,
                firing.facts());
    }

    private void delegate(
            Plan plan,
            DecisionId id,
            int index,
            String name,
            JsonText arguments,
            Surroundings around,
            boolean waitedFor) {
        JsonNode given = arguments.tree();
        boolean fact = given.path("set_facts").asBoolean(false);
        boolean event = given.path("post_events").asBoolean(false);
        Optional<Step.Feedback> feedback = fact || event
                ? Optional.of(new Step.Feedback(OwnActions.target(given, around), name, fact, event))
                : Optional.empty();
        TaskId task = TaskId.of(id, index);
        Optional<Action> action = decoded(name, arguments);
        TaskTerms terms = action.map(Action::terms).orElse(TaskTerms.DEFAULT);
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("ruleset", around.ruleset());
        context.put("rule", around.rule());
        // The decision keeps its events: a task carries them only for an action that hands them on
        if (action.map(Action::readsEvents).orElse(true)) {
            context.put(around.eventsName(), around.events());
        }
        plan.delegated(
                new ActionTask(
                        task,
                        id,
                        activation,
                        index,
                        name,
                        arguments,
                        ActionTask.DEFAULT_QUEUE,
                        terms.lockKey(activation, around.ruleset()),
                        terms.retry(),
                        terms.timeout(),
                        waitedFor || feedback.isPresent(),
                        JsonText.of(context),
                        around.hosts(),
                        task.toString()),
                feedback);
    }

    /** Nothing for what is unknown here or has wrong arguments: the worker fails such a task with the reason. */
    private Optional<Action> decoded(String name, JsonText arguments) {
        try {
            return catalogue.find(name).map(known -> catalogue.decode(name, arguments));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /**
     * The arguments of an action, looked through once.
     *
     * @param arguments without {@code var_root}
     * @param varRoot what it says
     * @param template whether anything is to be rendered
     */
    private record Written(JsonText arguments, Optional<Object> varRoot, boolean template) {}

    private Written looked(ActionSpec spec) {
        Map<String, Object> given = spec.arguments().object();
        Optional<Object> varRoot = Optional.ofNullable(given.remove("var_root"));
        JsonText arguments = JsonText.of(given);
        return new Written(arguments, varRoot, templates.concern(arguments));
    }

    /** Variables in the two forms in which they are needed. */
    private record Pool(Map<String, Object> values, JsonNode tree) {
        static Pool of(Map<String, Object> values) {
            return new Pool(values, JsonText.of(values).tree());
        }
    }

    /**
     * A match about to become a decision.
     *
     * @param id of the decision
     * @param at session time
     * @param ruleset that matched
     * @param sequential whether its decisions wait for each other
     * @param match what matched
     * @param facts all facts of the ruleset
     */
    record Firing(
            DecisionId id,
            Instant at,
            Ruleset ruleset,
            boolean sequential,
            RuleMatch match,
            Supplier<List<JsonText>> facts) {
        Turn turn(Plan plan) {
            return new Turn(id, ruleset.name(), sequential, plan.steps());
        }
    }

    /**
     * What a decision will do, in the two forms in which it is needed.
     *
     * @param actions as they are committed, none of them begun
     * @param steps as the order of actions sees them
     */
    record Plan(List<DecidedAction> actions, List<Step> steps) {
        private void own(int index, String name, JsonText arguments, Effect effect) {
            actions.add(new DecidedAction.Own(index, name, arguments, Optional.empty()));
            steps.add(new Step.Own(index, effect));
        }

        private void delegated(ActionTask task, Optional<Step.Feedback> feedback) {
            actions.add(new DecidedAction.Delegated(task.index(), task, false));
            steps.add(new Step.Task(task.index(), task.id(), task.awaited(), feedback));
        }

        /** The actions with what has happened to them at once. */
        List<DecidedAction> begun(List<ActionProgress> progress) {
            return actions.stream().map(action -> begun(action, progress)).toList();
        }

        private static DecidedAction begun(DecidedAction action, List<ActionProgress> progress) {
            return switch (action) {
                case DecidedAction.Own own ->
                    new DecidedAction.Own(
                            own.index(),
                            own.name(),
                            own.arguments(),
                            progress.stream()
                                    .flatMap(one ->
                                            one instanceof ActionProgress.Done done && done.index() == own.index()
                                                    ? Stream.of(done.result())
                                                    : Stream.empty())
                                    .findFirst());
                case DecidedAction.Delegated task ->
                    new DecidedAction.Delegated(
                            task.index(),
                            task.task(),
                            progress.contains(
                                    new ActionProgress.Released(task.task().id())));
            };
        }
    }
}
