// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.RulebookVersion;
import io.reflexarc.core.rulebook.StoredRulebook;
import io.reflexarc.engine.decision.SessionPlan;
import io.reflexarc.rulebooks.Rulebook;
import java.util.HashMap;
import java.util.Map;

/** The versions of one activation's rulebook, from the store, with the sources that each of them declares. */
final class RulebookVersions implements Versions {
    private final EngineContext engine;
    private final Activation activation;
    private final Incarnation incarnation;
    private final Patience patience;
    private final StoredRulebook rulebook;
    private final Map<Long, Ready> ready = new HashMap<>();

    RulebookVersions(EngineContext engine, Activation activation, Incarnation incarnation, Patience patience) {
        this.engine = engine;
        this.activation = activation;
        this.incarnation = incarnation;
        this.patience = patience;
        this.rulebook = patience.insist(
                        "reading the rulebook", () -> engine.rulebooks().find(activation.rulebookId()))
                .orElseThrow(() -> missing("rulebook " + activation.rulebookId()));
    }

    /** The rulebook with its newest version. */
    StoredRulebook rulebook() {
        return rulebook;
    }

    @Override
    public Version of(long id) {
        return ready(id).version();
    }

    /** As {@link #of}, with its sources. */
    Ready ready(long id) {
        Ready known = ready.get(id);
        if (known != null) {
            return known;
        }
        RulebookVersion stored = patience.insist(
                        "reading a version of the rulebook",
                        () -> engine.rulebooks().version(id))
                .filter(found -> found.rulebook() == activation.rulebookId())
                .orElseThrow(() -> missing("version " + id + " of its rulebook"));
        Rulebook parsed = engine.parser().parse(stored.text(), rulebook.name(), activation.variables());
        ActivationSources sources = new ActivationSources(engine, activation, parsed);
        Ready made = new Ready(new Version(stored.number(), plan(parsed, id, sources)), sources);
        ready.put(id, made);
        return made;
    }

    private SessionPlan plan(Rulebook parsed, long id, ActivationSources sources) {
        return new SessionPlan(
                InboxId.of(activation.id()),
                incarnation,
                parsed,
                id,
                activation.variables(),
                sources.streams(),
                activation.strategy(),
                SessionPlan.SHUTDOWN_DELAY,
                engine.templates(),
                engine.catalogue(),
                sources.filters());
    }

    private static ProblemException missing(String what) {
        return new ProblemException(ProblemType.NOT_FOUND, what + " is not there any more: choose another rulebook");
    }

    /**
     * A version and its sources.
     *
     * @param version ready to decide
     * @param sources not started
     */
    record Ready(Version version, ActivationSources sources) {}
}
