// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.FactsGatherer.HostFacts;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.Ruleset;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;

/** What hosts say of themselves, where a ruleset asks for it: it stands in the log before the first event. */
final class FactsFirst {
    private final EngineContext engine;
    private final Activation activation;

    FactsFirst(EngineContext engine, Activation activation) {
        this.engine = engine;
        this.activation = activation;
    }

    static boolean wantedBy(Rulebook rulebook) {
        return rulebook.rulesets().stream().anyMatch(Ruleset::gatherFacts);
    }

    /** Asks the hosts and appends what they say; a problem when they cannot be asked. */
    void append(ActivationRun run) {
        gathered().await().forEach(run::append);
    }

    /** On a thread of its own: the owner's renews the lease as well. */
    private Future<List<HostFacts>> gathered() {
        Promise<List<HostFacts>> said = Promise.promise();
        Thread.ofVirtual().name("facts-" + activation.id()).start(() -> {
            try {
                said.complete(engine.facts().gather(activation.inventory()));
            } catch (InterruptedException | RuntimeException e) {
                said.fail(e);
            }
        });
        return said.future();
    }
}
