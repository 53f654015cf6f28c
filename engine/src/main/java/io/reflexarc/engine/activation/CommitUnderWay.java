// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.activation.Progress;
import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.id.InboxId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one commit of an owner that may be under way, from its sending until it is known what became of it. When the answer is lost the
 * rows decide: equal is committed, older is sent again, another epoch ends the owner.
 */
final class CommitUnderWay {
    private static final Logger LOGGER = LoggerFactory.getLogger(CommitUnderWay.class);

    /** A commit that has not answered after so long is asked about. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EngineContext context;
    private final InboxId inbox;
    private final Ownership ownership;
    private final Patience patience;
    private final Consumer<Batch> committed;
    private Optional<Sent> sent = Optional.empty();

    /** The last one is told of each batch that is committed. */
    CommitUnderWay(
            EngineContext context, InboxId inbox, Ownership ownership, Patience patience, Consumer<Batch> committed) {
        this.context = context;
        this.inbox = inbox;
        this.ownership = ownership;
        this.patience = patience;
        this.committed = committed;
    }

    boolean isUnderWay() {
        return sent.isPresent();
    }

    /** Sends a batch; the one before must be settled. */
    void send(Batch batch) {
        patience.requireHeld();
        sent = Optional.of(new Sent(batch, context.decisions().commit(batch.commit(inbox, ownership.epoch()))));
    }

    /** Waits until it is known what became of it. */
    void settle() {
        while (sent.isPresent()) {
            Batch batch = sent.get().batch();
            try {
                DecisionLog.Result result = sent.get()
                        .result()
                        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .await();
                switch (result) {
                    case FENCED -> throw new Stopped(new Stopped.Reason.Fenced());
                    case HANDED_OVER -> batch.handedOver();
                    case COMMITTED -> {
                        // Whoever works rings for it
                    }
                }
                patience.worked();
                done(batch);
            } catch (Stopped e) {
                throw e;
            } catch (Exception e) {
                patience.failed("committing decisions", e);
                askBack(batch);
            }
        }
    }

    /** The result is unknown: what is in the rows decides. */
    private void askBack(Batch batch) {
        Progress progress = patience.insist(
                "reading the position", () -> context.decisions().progress(inbox));
        var commit = batch.commit(inbox, ownership.epoch());
        if (progress.epoch() != ownership.epoch()) {
            throw new Stopped(new Stopped.Reason.Fenced());
        }
        boolean there = progress.position().equals(commit.to())
                && (batch.entries() > 0 || isThere(commit.snapshot(), progress.snapshot()));
        if (there) {
            done(batch);
        } else if (progress.position().equals(commit.from())) {
            send(batch);
        } else {
            throw new Stopped(new Stopped.Reason.Fenced());
        }
    }

    private static boolean isThere(Optional<Snapshot> sent, Optional<Snapshot> found) {
        return sent.map(Snapshot::state).equals(found.map(Snapshot::state));
    }

    private void done(Batch batch) {
        sent = Optional.empty();
        committed.accept(batch);
        batch.snapshot().ifPresent(this::trim);
    }

    /** Best effort: what is not dropped now is dropped after the next snapshot. */
    private void trim(Snapshot snapshot) {
        context.log()
                .trim(inbox, snapshot.at())
                .onFailure(e -> LOGGER.atDebug()
                        .addKeyValue("activationId", inbox.activation())
                        .addKeyValue("cause", String.valueOf(e.getMessage()))
                        .log("trimming the inbox failed"));
    }

    private record Sent(Batch batch, Future<DecisionLog.Result> result) {}
}
