// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A decision log that lives as long as its process. Safe for any thread. */
public final class InMemoryDecisionLog implements DecisionLog {
    private final ReentrantLock lock = new ReentrantLock();
    private final InMemoryLeases leases;
    private final Consumer<Commit> committed;
    private final Map<InboxId, Rows> rows = new HashMap<>();

    /**
     * An empty log.
     *
     * @param leases whose epochs guard the commits
     * @param committed told of each commit, in order, e.g. to hand its tasks to workers of the same process
     */
    public InMemoryDecisionLog(InMemoryLeases leases, Consumer<Commit> committed) {
        this.leases = leases;
        this.committed = committed;
    }

    @Override
    public Future<Progress> progress(InboxId inbox) {
        lock.lock();
        try {
            Rows found = rows(inbox);
            return Future.succeededFuture(new Progress(
                    leases.epoch(inbox.activation()),
                    found.position,
                    found.snapshot,
                    found.begin,
                    found.accepted,
                    found.version()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<Result> commit(Commit commit) {
        lock.lock();
        try {
            if (leases.epoch(commit.inbox().activation()) != commit.epoch()) {
                return Future.succeededFuture(Result.FENCED);
            }
            Rows found = rows(commit.inbox());
            if (!found.position.equals(commit.from())) {
                return Future.failedFuture(new ProblemException(
                        ProblemType.CONFLICT,
                        "inbox " + commit.inbox() + " is decided up to " + found.position + ", not " + commit.from()
                                + ": read the progress back"));
            }
            found.add(commit);
            committed.accept(commit);
            return Future.succeededFuture(Result.COMMITTED);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<List<Decision>> decisions(InboxId inbox, Position after, Position upTo) {
        lock.lock();
        try {
            return Future.succeededFuture(rows(inbox).decisions.values().stream()
                    .filter(row ->
                            row.entry().compareTo(after) > 0 && row.entry().compareTo(upTo) <= 0)
                    .toList());
        } finally {
            lock.unlock();
        }
    }

    /** The next session begins after this entry. */
    void startAnew(InboxId inbox, Position after) {
        lock.lock();
        try {
            Rows found = rows(inbox);
            found.position = after;
            found.begin = after;
            found.snapshot = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Whatever a recovery decides up to here is accepted. */
    public void acceptReplay(InboxId inbox) {
        lock.lock();
        try {
            Rows found = rows(inbox);
            found.accepted = found.position;
        } finally {
            lock.unlock();
        }
    }

    /** Notes a change of the version; one that is known already only when it says more. */
    void change(InboxId inbox, VersionChange change, boolean decided) {
        lock.lock();
        try {
            rows(inbox).change(change, decided);
        } finally {
            lock.unlock();
        }
    }

    /** The newest first. */
    List<VersionChange> changes(InboxId inbox) {
        lock.lock();
        try {
            return List.copyOf(rows(inbox).versions.values());
        } finally {
            lock.unlock();
        }
    }

    boolean decidedNothing(InboxId inbox) {
        lock.lock();
        try {
            Rows found = rows(inbox);
            return found.position.equals(found.begin) && found.snapshot.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The version that decides; empty when none was ever put live. */
    Optional<Long> version(ActivationId activation) {
        lock.lock();
        try {
            return rows(InboxId.of(activation)).version();
        } finally {
            lock.unlock();
        }
    }

    /** Events decided on so far. */
    long eventsSeen(ActivationId activation) {
        return sum(activation, true);
    }

    /** Decisions made so far. */
    long rulesFired(ActivationId activation) {
        return sum(activation, false);
    }

    private long sum(ActivationId activation, boolean events) {
        lock.lock();
        try {
            return rows.entrySet().stream()
                    .filter(entry -> entry.getKey().activation().equals(activation))
                    .mapToLong(entry -> events
                            ? entry.getValue().events
                            : entry.getValue().decisions.size())
                    .sum();
        } finally {
            lock.unlock();
        }
    }

    private Rows rows(InboxId inbox) {
        return rows.computeIfAbsent(inbox, unused -> new Rows());
    }

    /** What is committed for one inbox. */
    private static final class Rows {
        private final Map<DecisionId, Decision> decisions = new LinkedHashMap<>();
        private Position position = Position.START;
        private Position begin = Position.START;
        private Position accepted = Position.START;
        private Optional<Snapshot> snapshot = Optional.empty();
        private long events;
        private final NavigableMap<Position, VersionChange> versions = new TreeMap<>(Comparator.reverseOrder());

        Optional<Long> version() {
            return versions.values().stream()
                    .filter(change -> change.state() == VersionChange.State.LIVE)
                    .map(VersionChange::version)
                    .findFirst();
        }

        void change(VersionChange change, boolean decided) {
            if (decided || !versions.containsKey(change.entry())) {
                versions.put(change.entry(), change);
            }
        }

        void add(Commit commit) {
            for (Decision decision : commit.decisions()) {
                if (decisions.putIfAbsent(decision.id(), decision) != null) {
                    throw new IllegalStateException("decision " + decision.id() + " is committed already");
                }
            }
            position = commit.to();
            snapshot = commit.snapshot().map(next -> next.after(snapshot)).or(() -> snapshot);
            events += commit.events();
            commit.version().ifPresent(change -> change(change, true));
        }
    }
}
