// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.engine.compile.CompiledRulesets;
import io.reflexarc.engine.decision.Printed;
import io.reflexarc.engine.decision.RulebookSession;
import io.reflexarc.engine.decision.SessionObserver;
import io.reflexarc.engine.decision.SessionPlan;
import io.reflexarc.engine.decision.SnapshotBook;
import io.reflexarc.engine.session.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The log of a run that has none: a snapshot, and the entries after it. A session that threw may hold half of an entry, so
 * that the next one is made from here, not from what it holds. Between session and observer it keeps from the latter what is
 * only said again.
 */
final class RunJournal implements SessionObserver {
    /** A snapshot costs little more than looking at what the session holds. */
    static final int ENTRIES = 1_000;

    private final SessionPlan plan;
    private final SessionObserver observer;
    private final CompiledRulesets compiled = new CompiledRulesets();
    private final List<LogEntry> entries = new ArrayList<>();
    private SnapshotBook book = new SnapshotBook();
    private Optional<Snapshot> snapshot = Optional.empty();
    private boolean again;

    RunJournal(SessionPlan plan, SessionObserver observer) {
        this.plan = plan;
        this.observer = observer;
    }

    /** The session has taken this entry, and is well. */
    void taken(LogEntry entry, RulebookSession session) {
        entries.add(entry);
        if (entries.size() >= ENTRIES) {
            snapshot = Optional.of(book.write(entry.position(), session).after(snapshot));
            entries.clear();
        }
    }

    /** The session as it was after the last entry that was taken. */
    RulebookSession again() {
        again = true;
        try {
            book = new SnapshotBook();
            RulebookSession session = snapshot.map(taken -> book.open(plan, taken, this, compiled))
                    .orElseGet(() -> new RulebookSession(plan, this, compiled));
            entries.forEach(session::take);
            return session;
        } finally {
            again = false;
        }
    }

    @Override
    public void printed(DecisionId decision, Printed printed) {
        if (!again) {
            observer.printed(decision, printed);
        }
    }

    @Override
    public void posted(String ruleset, boolean fact, JsonText body) {
        if (!again) {
            observer.posted(ruleset, fact, body);
        }
    }

    @Override
    public boolean wantsNotes() {
        return observer.wantsNotes();
    }

    @Override
    public void noted(String ruleset, Note note) {
        if (!again) {
            observer.noted(ruleset, note);
        }
    }

    @Override
    public void retracted(String ruleset, JsonText fact, boolean partial) {
        if (!again) {
            observer.retracted(ruleset, fact, partial);
        }
    }

    @Override
    public void shutDown(DecisionId decision, boolean now, double seconds, String why) {
        if (!again) {
            observer.shutDown(decision, now, seconds, why);
        }
    }
}
