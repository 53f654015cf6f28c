// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.activation.Progress;
import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows as a faulty engine would treat them: what the simulation must find. */
record SabotagedRows(DecisionLog rows, UnaryOperator<Snapshot> snapshots, boolean unguarded) implements DecisionLog {
    /** Rows that do not look at the epoch of a commit. */
    static DecisionLog unguarded(DecisionLog rows) {
        return new SabotagedRows(rows, snapshot -> snapshot, true);
    }

    @Override
    public Future<Result> commit(Commit commit) {
        return unguarded
                ? rows.progress(commit.inbox()).compose(now -> rows.commit(withEpoch(commit, now.epoch())))
                : rows.commit(commit);
    }

    private static Commit withEpoch(Commit commit, long epoch) {
        return new Commit(
                commit.inbox(),
                epoch,
                commit.from(),
                commit.to(),
                commit.decisions(),
                commit.progress(),
                commit.snapshot(),
                commit.events());
    }

    @Override
    public Future<Progress> progress(InboxId inbox) {
        return rows.progress(inbox)
                .map(found -> new Progress(
                        found.epoch(),
                        found.position(),
                        found.snapshot().map(snapshots),
                        found.begin(),
                        found.accepted(),
                        found.version()));
    }

    @Override
    public Future<List<Decision>> decisions(InboxId inbox, Position after, Position upTo) {
        return rows.decisions(inbox, after, upTo);
    }
}
