// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.audit.DecisionSummary;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.rulebook.StoredRulebook;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells everybody what one activation committed and what it is doing. Loss is harmless. */
final class Publisher {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int DECISIONS_PER_PAUSE = 50;

    private final EngineContext context;
    private final Statistics statistics;
    private final Activation activation;
    private final StoredRulebook rulebook;
    private final Map<Long, Integer> versionNumbers = new HashMap<>();
    private Map<StreamId, List<LiveUpdate.Part>> sources = Map.of();
    private long eventsSeen;
    private long rulesFired;
    private ActivationStatus status;
    private String message = "";
    private boolean changed;
    private Instant told = Instant.EPOCH;
    private int decisionsTold;

    Publisher(EngineContext context, Statistics statistics, Activation activation, StoredRulebook rulebook) {
        this.context = context;
        this.statistics = statistics;
        this.activation = activation;
        this.rulebook = rulebook;
        this.eventsSeen = activation.eventsSeen();
        this.rulesFired = activation.rulesFired();
        this.status = activation.status();
    }

    /** A version that decides here. */
    void version(long id, int number, ActivationSources its) {
        versionNumbers.put(id, number);
        sources = its.parts(rulebook.id());
    }

    void committed(Batch batch) {
        Instant now = context.clock().instant();
        List<Duration> times = batch.received().stream()
                .map(received -> Duration.between(received, now))
                .map(time -> time.isNegative() ? Duration.ZERO : time)
                .toList();
        statistics.committed(batch.entries(), batch.decisions().size(), times);
        statistics.busy(busy(batch));
        times.forEach(context.meters()::decisionTime);
        context.meters().entriesRead(activation.name(), batch.entries());
        context.meters().decisions(activation.name(), batch.decisions().size());
        eventsSeen += batch.events();
        rulesFired += batch.decisions().size();
        changed |= batch.events() > 0 || !batch.decisions().isEmpty();
        if (batch.releases()) {
            context.live().ring("tasks");
        }
        beat();
        batch.decisions().stream()
                .limit(DECISIONS_PER_PAUSE - (long) decisionsTold)
                .forEach(decision -> {
                    decisionsTold++;
                    context.live().publish(new LiveUpdate.DecisionMade(summary(decision, now)));
                });
    }

    private Map<LiveUpdate.Part, Long> busy(Batch batch) {
        Map<LiveUpdate.Part, Long> busy = new HashMap<>();
        batch.arrivals()
                .forEach((stream, count) ->
                        sources.getOrDefault(stream, List.of()).forEach(part -> busy.merge(part, count, Long::sum)));
        for (Decision decision : batch.decisions()) {
            busy.merge(new LiveUpdate.Part("rule", rulebook.id(), decision.ruleset(), decision.rule()), 1L, Long::sum);
        }
        return busy;
    }

    void status(ActivationStatus now, String why) {
        status = now;
        message = why;
        changed = true;
        told = Instant.EPOCH;
        beat();
    }

    /** Tells of changes, at most four times a second. */
    void beat() {
        Instant now = context.clock().instant();
        if (now.isBefore(told.plus(PAUSE))) {
            return;
        }
        told = now;
        decisionsTold = 0;
        if (changed) {
            changed = false;
            context.live()
                    .publish(new LiveUpdate.ActivationChanged(
                            activation.id(), activation.name(), status, message, eventsSeen, rulesFired));
        }
    }

    private DecisionSummary summary(Decision decision, Instant now) {
        return new DecisionSummary(
                decision.id(),
                activation.id(),
                activation.name(),
                decision.ruleset(),
                decision.rule(),
                rulebook.name(),
                versionNumbers.getOrDefault(decision.rulebookVersion(), 0),
                decision.at(),
                now,
                decision.late(),
                decision.matched().stream().map(MatchedEvent::id).toList(),
                decision.actions().stream().map(DecidedAction::name).toList(),
                status(decision.actions()));
    }

    private static String status(List<DecidedAction> actions) {
        boolean open = actions.stream().anyMatch(action -> switch (action) {
            case DecidedAction.Own own -> own.result().isEmpty();
            case DecidedAction.Delegated task -> true;
        });
        boolean failed = actions.stream()
                .anyMatch(action -> action instanceof DecidedAction.Own own
                        && own.result().filter(result -> !result.succeeded()).isPresent());
        return failed ? "failed" : open ? "pending" : "successful";
    }
}
