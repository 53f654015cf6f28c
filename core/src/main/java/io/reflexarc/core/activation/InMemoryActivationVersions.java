// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Which version decided when, for as long as the process lives. */
public final class InMemoryActivationVersions implements ActivationVersions {
    private final InMemoryActivationStore activations;
    private final InMemoryDecisionLog decisions;

    /** Of these activations, as far as this log has committed. */
    public InMemoryActivationVersions(InMemoryActivationStore activations, InMemoryDecisionLog decisions) {
        this.activations = activations;
        this.decisions = decisions;
    }

    @Override
    public Future<Void> requested(ActivationId activation, VersionChange change) {
        decisions.change(InboxId.of(activation), change, false);
        return Future.succeededFuture();
    }

    @Override
    public Future<Page<VersionChange>> list(ActivationId activation, PageRequest request) {
        return Future.succeededFuture(Page.of(decisions.changes(InboxId.of(activation)), request));
    }

    @Override
    public Future<Optional<VersionChange>> find(ActivationId activation, Position entry) {
        return Future.succeededFuture(decisions.changes(InboxId.of(activation)).stream()
                .filter(change -> change.entry().equals(entry))
                .findFirst());
    }

    @Override
    public Future<List<Activation>> activations(long rulebook) {
        return Future.succeededFuture(activations.ofRulebook(rulebook));
    }

    @Override
    public Future<Void> follow(ActivationId activation, boolean follows) {
        activations.follow(activation, follows);
        return Future.succeededFuture();
    }

    @Override
    public Future<Boolean> beginWith(ActivationId activation, VersionChange first) {
        return activations.find(activation).map(found -> {
            boolean idle = found.filter(one -> one.status() == ActivationStatus.PENDING
                                    || one.status() == ActivationStatus.STOPPED
                                    || one.status() == ActivationStatus.ERROR)
                            .isPresent()
                    && decisions.decidedNothing(InboxId.of(activation));
            if (idle) {
                decisions.change(InboxId.of(activation), first, true);
            }
            return idle;
        });
    }
}
