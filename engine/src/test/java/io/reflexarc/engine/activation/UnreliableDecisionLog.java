// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.activation.Progress;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The rows as an owner sees them that may be killed or disappointed at any call. A commit is done only when the owner has
 * gone on to its next read, as with a real server; it may even arrive after its owner's death.
 */
final class UnreliableDecisionLog implements DecisionLog {
    private final DecisionLog log;
    private final Trouble trouble;
    private final Random random;
    private boolean asked;
    private Optional<UnderWay> underWay = Optional.empty();

    UnreliableDecisionLog(DecisionLog log, Trouble trouble, Random random) {
        this.log = log;
        this.trouble = trouble;
        this.random = random;
    }

    @Override
    public Future<Result> commit(Commit commit) {
        trouble.point();
        Promise<Result> promise = Promise.promise();
        underWay = Optional.of(new UnderWay(commit, promise));
        if (asked || commit.from().equals(commit.to()) || random.nextBoolean()) {
            arrive();
        }
        asked = false;
        return promise.future();
    }

    /** The commit under way reaches the server, if there is one, and its answer gets lost or not. */
    void arrive() {
        underWay.ifPresent(sent -> {
            underWay = Optional.empty();
            if (trouble.loses()) {
                sent.promise().fail("connection reset");
                return;
            }
            Future<Result> result = log.commit(sent.commit());
            trouble.point();
            if (trouble.loses()) {
                sent.promise().fail("connection reset");
            } else {
                result.onComplete(sent.promise());
            }
        });
    }

    /** The owner died: its last commit never arrives, has arrived, or comes when there is a new owner. */
    Optional<Commit> ownerDied() {
        Optional<Commit> last = underWay.map(UnderWay::commit);
        underWay = Optional.empty();
        int fate = random.nextInt(3);
        if (fate == 0) {
            last.ifPresent(log::commit);
        }
        return fate == 2 ? last : Optional.empty();
    }

    @Override
    public Future<Progress> progress(InboxId inbox) {
        // An owner that asks back waits for the commit that it sends next.
        asked = true;
        return trouble.around(() -> log.progress(inbox));
    }

    @Override
    public Future<List<Decision>> decisions(InboxId inbox, Position after, Position upTo) {
        return trouble.around(() -> log.decisions(inbox, after, upTo));
    }

    private record UnderWay(Commit commit, Promise<Result> promise) {}
}
