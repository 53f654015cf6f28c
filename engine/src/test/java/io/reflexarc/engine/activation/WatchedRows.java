// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.activation.Progress;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.LongSupplier;

/** Sees to it that nobody commits whose lease another one has. */
record WatchedRows(DecisionLog rows, LongSupplier epoch) implements DecisionLog {
    @Override
    public Future<Result> commit(Commit commit) {
        return rows.commit(commit).map(result -> {
            if (result == Result.COMMITTED && commit.epoch() != epoch.getAsLong()) {
                throw new AssertionError(
                        "owner " + commit.epoch() + " committed, but " + epoch.getAsLong() + " had taken over");
            }
            return result;
        });
    }

    @Override
    public Future<Progress> progress(InboxId inbox) {
        return rows.progress(inbox);
    }

    @Override
    public Future<List<Decision>> decisions(InboxId inbox, Position after, Position upTo) {
        return rows.decisions(inbox, after, upTo);
    }
}
