// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.activation.SessionMemory;
import io.reflexarc.core.activation.Sessions;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.live.LiveUpdate.SessionGlimpsed;
import io.reflexarc.core.rulebook.RulebookStore;
import io.reflexarc.engine.decision.Glimpse;
import io.reflexarc.engine.decision.SnapshotBook;
import io.reflexarc.rulebooks.Rulebook;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Rings the owner of a session, who answers between two entries with a {@link Glimpse}; when nobody answers, the newest
 * snapshot is read. What the glimpse means for each rule is worked out here, not by the owner.
 */
public final class SessionReader implements Sessions {
    /** At most so many facts, and as many events, of each ruleset. */
    public static final int MOST = 100;

    private static final int PATIENCE_MILLIS = 1_500;

    private final LiveFeed feed;
    private final ActivationStore activations;
    private final DecisionLog decisions;
    private final RulebookStore rulebooks;
    private final BiFunction<String, JsonText, Rulebook> parser;
    private final Map<ActivationId, Promise<SessionGlimpsed>> asked = new ConcurrentHashMap<>();

    /**
     * A reader; {@link #start} comes first.
     *
     * @param feed carries the question and the answer
     * @param activations configuration
     * @param decisions newest snapshots
     * @param rulebooks texts
     * @param parser from a rulebook's text and its variables to the checked rulebook
     */
    public SessionReader(
            LiveFeed feed,
            ActivationStore activations,
            DecisionLog decisions,
            RulebookStore rulebooks,
            BiFunction<String, JsonText, Rulebook> parser) {
        this.feed = feed;
        this.activations = activations;
        this.decisions = decisions;
        this.rulebooks = rulebooks;
        this.parser = parser;
    }

    /** Bell at which the owner of a session waits. */
    public static String bell(ActivationId activation) {
        return "session/" + activation;
    }

    /** Listens for answers from now on. */
    public SessionReader start() {
        feed.subscribe(update -> {
            if (update instanceof SessionGlimpsed glimpsed) {
                Optional.ofNullable(asked.remove(glimpsed.activation()))
                        .ifPresent(promise -> promise.tryComplete(glimpsed));
            }
        });
        return this;
    }

    @Override
    public Future<Optional<SessionMemory>> memory(ActivationId id) {
        return activations
                .find(id)
                .compose(found -> found.map(activation -> rulebooks
                                .version(activation.rulebookVersion())
                                .compose(version -> version.map(one -> look(activation, one.text()))
                                        .orElse(Future.succeededFuture(Optional.empty()))))
                        .orElse(Future.succeededFuture(Optional.empty())));
    }

    private Future<Optional<SessionMemory>> look(Activation activation, String yaml) {
        return ask(activation.id())
                .map(seen -> Optional.of(read(activation, yaml, seen.glimpse().as(Glimpse.class), Optional.of(seen))))
                .recover(silence -> decisions
                        .progress(InboxId.of(activation.id()))
                        .map(progress -> progress.snapshot()
                                .map(SnapshotBook::whole)
                                .map(state -> read(activation, yaml, Glimpse.of(state, MOST), Optional.empty()))));
    }

    private SessionMemory read(
            Activation activation, String yaml, Glimpse glimpse, Optional<SessionGlimpsed> answered) {
        Rulebook rulebook = parser.apply(yaml, activation.variables());
        return new SessionMemory(
                answered.isPresent(),
                answered.map(SessionGlimpsed::at),
                glimpse.now(),
                rulebook.rulesets().stream()
                        .flatMap(ruleset -> Optional.ofNullable(
                                        glimpse.rulesets().get(ruleset.name()))
                                .stream()
                                .map(part -> new MemoryWords(ruleset, part).words()))
                        .toList());
    }

    /** Several who ask at once share an answer. */
    private Future<SessionGlimpsed> ask(ActivationId id) {
        Promise<SessionGlimpsed> answer = asked.computeIfAbsent(id, unused -> Promise.promise());
        feed.ring(bell(id));
        return answer.future()
                .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .onFailure(silence -> asked.remove(id, answer));
    }
}
