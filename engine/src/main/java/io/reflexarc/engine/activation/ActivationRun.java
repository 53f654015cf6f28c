// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.FactsGatherer;
import io.reflexarc.core.activation.Progress;
import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.log.InboxMessage;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.log.LogEntry.Control;
import io.reflexarc.engine.compile.CompiledRulesets;
import io.reflexarc.engine.decision.Decided;
import io.reflexarc.engine.decision.Glimpse;
import io.reflexarc.engine.decision.Phase;
import io.reflexarc.engine.decision.RulebookSession;
import io.reflexarc.engine.decision.SessionObserver;
import io.reflexarc.engine.decision.SessionPlan;
import io.reflexarc.engine.decision.SnapshotBook;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Step 7 of the path of an event: one owner reads its inbox, decides, and commits decisions, tasks and position together;
 * while one commit is under way it decides the next batch, and no more. It is thrown away as a whole when anything in it is
 * in doubt: the log and the rows are enough to make the next one. Runs on one virtual thread.
 */
final class ActivationRun {
    private final EngineContext context;
    private final Versions versions;
    private final CompiledRulesets compiled;
    private SessionPlan plan;
    private final InboxId inbox;
    private final Ownership ownership;
    private final Patience patience;
    private final Set<Position> skipped;
    private final CommitUnderWay commit;

    private RulebookSession session;
    private SnapshotBook book = new SnapshotBook();
    private Position decided = Position.START;
    private int sinceSnapshot;
    private boolean reading;
    private Instant lastWork;
    private boolean several;

    /**
     * An owner that has decided nothing yet, of an activation that other versions may be put live on.
     *
     * @param context ports
     * @param plan what decides, unless the rows say that another version does
     * @param versions what else may decide
     * @param compiled by those who owned it before in this process
     * @param ownership of the inbox
     * @param skipped entries to set aside
     * @param committed told of each commit
     */
    ActivationRun(
            EngineContext context,
            SessionPlan plan,
            Versions versions,
            CompiledRulesets compiled,
            Ownership ownership,
            Set<Position> skipped,
            Consumer<Batch> committed) {
        this.context = context;
        this.versions = versions;
        this.compiled = compiled;
        this.plan = plan;
        this.inbox = plan.inbox();
        this.ownership = ownership;
        this.patience = new Patience(ownership, context.random());
        this.skipped = Set.copyOf(skipped);
        this.commit = new CommitUnderWay(context, inbox, ownership, patience, committed);
        this.session = fresh();
        this.lastWork = context.clock().instant();
    }

    private RulebookSession fresh() {
        return new RulebookSession(plan, SessionObserver.NONE, compiled);
    }

    RulebookSession session() {
        return session;
    }

    /** What people may see of the session, between two entries. */
    Glimpse glimpse(int most) {
        return Glimpse.of(session, plan.rulebook(), most);
    }

    /** The last entry that is decided, committed or not. */
    Position decided() {
        return decided;
    }

    /** Whether a {@code resume} waits that ends a shutdown. */
    boolean resumes() {
        return reading;
    }

    /** A {@code resume} was appended: entries before it pass by undecided, the session is read on. */
    void resumed() {
        reading = true;
    }

    /** Gives up what the session holds. */
    void close() {
        session.close();
    }

    /** Appends a control entry. */
    void append(Control control) {
        var message = new InboxMessage.Controlled(now(), control);
        patience.insist("appending to the event log", () -> context.log().append(inbox, message));
    }

    /** Appends what a host said of itself. */
    void append(FactsGatherer.HostFacts said) {
        var message = new InboxMessage.Gathered(now(), said.host(), said.facts());
        patience.insist("appending to the event log", () -> context.log().append(inbox, message));
    }

    /** Builds the session that the owner before left: from its snapshot, by reading what came after it again. */
    void recover() {
        Progress progress = patience.insist(
                "reading the position", () -> context.decisions().progress(inbox));
        if (progress.epoch() != ownership.epoch()) {
            throw new Stopped(new Stopped.Reason.Fenced());
        }
        // Each change of the version comes with a snapshot: what was live there is live at the position.
        progress.version()
                .filter(live -> live != plan.rulebookVersion())
                .ifPresent(live -> plan = versions.of(live).plan());
        Optional<Snapshot> snapshot = progress.snapshot();
        snapshot.filter(taken -> !SnapshotBook.reads(taken.format())).ifPresent(other -> {
            throw diverged(
                    other.at(),
                    "its snapshot has the format " + other.format() + ", this build reads " + SnapshotBook.FORMAT
                            + ": run the build that wrote it, or start the activation anew");
        });
        session.close();
        book = new SnapshotBook();
        session = snapshot.map(taken -> book.open(plan, taken, SessionObserver.NONE, compiled))
                .orElseGet(this::fresh);
        decided = snapshot.map(Snapshot::at).orElse(progress.begin());
        sinceSnapshot = 0;
        if (progress.accepted().compareTo(decided) >= 0 && !progress.accepted().equals(Position.START)) {
            accept(progress.accepted());
        }
        requireAll(progress.position());
        while (decided.compareTo(progress.position()) < 0 && replay(progress.position())) {
            patience.requireHeld();
        }
        if (!decided.equals(progress.position())) {
            throw diverged(
                    progress.position(),
                    "entries after " + decided + " are not in the log any more, but decided is up to "
                            + progress.position() + ": the log is older than the database; start the activation anew");
        }
        reading = session.phase() == Phase.COMPLETED && new Awakening(context, inbox, patience).ahead(decided);
    }

    /**
     * An operator wants it to go on: as far as this the rows stand, and the session remembers what it makes of the entries that are left.
     * What it waited for is given up, because rows and session may not mean the same; the next commit brings a snapshot.
     */
    private void accept(Position upTo) {
        Position dropped = dropped();
        decided = dropped.compareTo(decided) > 0 ? dropped : decided;
        List<LogEntry> entries = readUpTo(upTo);
        while (!entries.isEmpty()) {
            patience.requireHeld();
            entries.forEach(this::take);
            decided = entries.getLast().position();
            entries = readUpTo(upTo);
        }
        decided = upTo;
        session.giveUpActions();
        sinceSnapshot = context.limits().snapshotEntries();
    }

    private List<LogEntry> readUpTo(Position upTo) {
        return decided.compareTo(upTo) >= 0
                ? List.of()
                : read(Duration.ZERO).stream()
                        .filter(entry -> entry.position().compareTo(upTo) <= 0)
                        .toList();
    }

    /** Nothing goes on over a gap between what the session remembers and what it reads. */
    private void requireAll(Position upTo) {
        if (decided.compareTo(upTo) >= 0) {
            return;
        }
        Position dropped = dropped();
        if (dropped.compareTo(decided) > 0) {
            throw diverged(
                    dropped,
                    "entries up to " + dropped + " were dropped from the log, but its session must be read again from "
                            + decided + ": start the activation anew");
        }
    }

    private Position dropped() {
        return patience.insist("reading the event log", () -> context.log().trimmed(inbox));
    }

    private static Stopped diverged(Position entry, String difference) {
        return new Stopped(new Stopped.Reason.Diverged(entry, difference));
    }

    /** One batch of entries whose decisions are committed already; {@code false} when there is none left. */
    private boolean replay(Position upTo) {
        Position from = decided;
        List<LogEntry> entries = readUpTo(upTo);
        if (entries.isEmpty()) {
            return false;
        }
        List<Decision> made = new ArrayList<>();
        entries.forEach(entry -> made.addAll(take(entry).decisions()));
        decided = entries.getLast().position();
        sinceSnapshot += entries.size();
        List<Decision> rows =
                patience.insist("reading decisions", () -> context.decisions().decisions(inbox, from, decided));
        Rows.difference(rows, made).ifPresent(difference -> {
            throw new Stopped(new Stopped.Reason.Diverged(decided, difference));
        });
        return true;
    }

    /** Reads, decides and sends one batch; waits at most this long when there is nothing to do. */
    Turnover turn(Duration wait) {
        patience.requireHeld();
        if (completed()) {
            commit.settle();
            return Turnover.COMPLETED;
        }
        keepPace();
        List<LogEntry> entries = read(commit.isUnderWay() ? Duration.ZERO : untilDue(wait));
        if (entries.isEmpty()) {
            return idle();
        }
        Batch batch = decide(entries);
        commit.settle();
        commit.send(batch);
        lastWork = now();
        several = batch.entries() > 1 && !batch.isFull(context.limits());
        return Turnover.WORKED;
    }

    /** Where entries come one by one nobody waits for company; where all that a commit may hold has come already neither. */
    private void keepPace() {
        Duration left = context.limits().pace().minus(Duration.between(lastWork, now()));
        if (several && left.isPositive()) {
            ownership.pause(left);
        }
        several = false;
    }

    private Turnover idle() {
        if (commit.isUnderWay()) {
            commit.settle();
            return Turnover.WORKED;
        }
        Optional<Instant> due = session.nextDue().filter(at -> !at.isAfter(now()));
        if (due.isPresent()) {
            var tick = new InboxMessage.Tick(due.get());
            patience.insist("appending to the event log", () -> context.log().append(inbox, tick));
            return Turnover.WORKED;
        }
        if (sinceSnapshot > 0 && !now().isBefore(lastWork.plus(context.limits().quiet()))) {
            Batch quiet = new Batch(decided);
            snapshot(quiet);
            commit.send(quiet);
            commit.settle();
        }
        return Turnover.IDLE;
    }

    private Duration untilDue(Duration wait) {
        return session.nextDue()
                .map(due -> Duration.between(now(), due))
                .filter(left -> left.compareTo(wait) < 0)
                .map(left -> left.isNegative() ? Duration.ZERO : left)
                .orElse(wait);
    }

    private List<LogEntry> read(Duration wait) {
        int max = context.limits().batchEntries();
        return patience.insist("reading the event log", () -> context.log().read(inbox, decided, max, wait));
    }

    private Batch decide(List<LogEntry> entries) {
        Batch batch = new Batch(decided);
        for (LogEntry entry : entries) {
            Decided made = take(entry);
            batch.add(entry, made);
            if (entry instanceof LogEntry.Controlled said && said.control() instanceof Control.Version asked) {
                boolean live = !skipped.contains(entry.position());
                batch.version(versions.change(said, asked, live, session.now(), made.rules()));
            }
            reading &= session.phase() == Phase.COMPLETED;
            if (batch.isFull(context.limits()) || completed()) {
                break;
            }
        }
        decided = batch.to();
        sinceSnapshot += batch.entries();
        if (sinceSnapshot >= context.limits().snapshotEntries()
                || completed()
                || batch.version().isPresent()) {
            snapshot(batch);
        }
        return batch;
    }

    private boolean completed() {
        return session.phase() == Phase.COMPLETED && !reading;
    }

    private Decided take(LogEntry entry) {
        if (skipped.contains(entry.position())) {
            // A snapshot that reflects the gap comes with the next commit: no later owner meets this entry again.
            sinceSnapshot = context.limits().snapshotEntries();
            return Decided.NOTHING;
        }
        try {
            return entry instanceof LogEntry.Controlled said && said.control() instanceof Control.Version asked
                    ? swap(entry, versions.of(asked.version()).plan())
                    : session.take(entry);
        } catch (Stopped e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new Stopped(new Stopped.Reason.EntryFailed(entry.position()), e);
        }
    }

    private Decided swap(LogEntry entry, SessionPlan next) {
        Decided made = session.swap(entry, next);
        plan = next;
        return made;
    }

    /** Waits for the commit under way, until it is known what became of it. */
    void settle() {
        commit.settle();
    }

    private void snapshot(Batch batch) {
        batch.snapshot(book.write(decided, session));
        sinceSnapshot = 0;
    }

    private Instant now() {
        return context.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** What a turn did. */
    enum Turnover {
        WORKED,
        IDLE,
        /** A rule said {@code shutdown}, and nothing is waited for any more. */
        COMPLETED
    }
}
