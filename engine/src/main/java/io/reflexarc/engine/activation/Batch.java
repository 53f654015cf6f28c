// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.activation.VersionChange;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.engine.decision.Decided;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What some entries decided, until it is committed. */
final class Batch {
    private final Position from;
    private Position to;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<ActionProgress> progress = new ArrayList<>();
    private final List<Instant> received = new ArrayList<>();
    private final Map<StreamId, Long> arrivals = new HashMap<>();
    private int entries;
    private int events;
    private int rows;
    private long bytes;
    private boolean handedOver;
    private Optional<Snapshot> snapshot = Optional.empty();
    private Optional<VersionChange> version = Optional.empty();

    Batch(Position from) {
        this.from = from;
        this.to = from;
    }

    void add(LogEntry entry, Decided decided) {
        to = entry.position();
        entries++;
        decisions.addAll(decided.decisions());
        progress.addAll(decided.progress());
        rows += decided.progress().size();
        for (Decision decision : decided.decisions()) {
            rows += 1 + decision.actions().size();
        }
        if (entry instanceof LogEntry.Arrived arrived) {
            events++;
            arrivals.merge(arrived.stream(), 1L, Long::sum);
            bytes += arrived.body().size();
            decided.decisions().forEach(unused -> received.add(arrived.stamp()));
        }
    }

    /** The last entry changed the version, or was to: none is added. */
    void version(VersionChange change) {
        version = Optional.of(change);
    }

    void snapshot(Snapshot taken) {
        snapshot = Optional.of(taken);
    }

    boolean isFull(Limits limits) {
        return version.isPresent()
                || entries >= limits.batchEntries()
                || rows >= limits.batchRows()
                || bytes >= limits.batchBytes();
    }

    Commit commit(InboxId inbox, long epoch) {
        return new Commit(inbox, epoch, from, to, decisions, progress, snapshot, events, version);
    }

    Position to() {
        return to;
    }

    List<Decision> decisions() {
        return decisions;
    }

    /** When the events were received whose arrival decided, one for each decision. */
    List<Instant> received() {
        return received;
    }

    /** How many events came from each stream. */
    Map<StreamId, Long> arrivals() {
        return arrivals;
    }

    int entries() {
        return entries;
    }

    int events() {
        return events;
    }

    Optional<VersionChange> version() {
        return version;
    }

    Optional<Snapshot> snapshot() {
        return snapshot;
    }

    /** A worker of this process has its tasks already. */
    void handedOver() {
        handedOver = true;
    }

    /** Whether workers are to be woken. */
    boolean releases() {
        return !handedOver && releasesTasks();
    }

    private boolean releasesTasks() {
        return progress.stream().anyMatch(ActionProgress.Released.class::isInstance)
                || decisions.stream()
                        .flatMap(decision -> decision.actions().stream())
                        .anyMatch(action -> action instanceof DecidedAction.Delegated task && task.released());
    }
}
