// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.log.InboxMessage;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.problem.ProblemException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that a rule has shut down decides again when its activation is enabled. The log holds that before the status
 * says {@code starting}: whoever comes after a crash finds it there, and does not take the old end for a new one.
 */
final class Awakening {
    private static final Logger LOGGER = LoggerFactory.getLogger(Awakening.class);

    private final EngineContext engine;
    private final InboxId inbox;
    private final Patience patience;

    Awakening(EngineContext engine, InboxId inbox, Patience patience) {
        this.engine = engine;
        this.inbox = inbox;
        this.patience = patience;
    }

    /** Wakes the session, where there has been one. */
    void call() {
        try {
            Position decided = patience.insist(
                            "reading the position", () -> engine.decisions().progress(inbox))
                    .position();
            if (!decided.equals(Position.START)) {
                var resume = new InboxMessage.Controlled(
                        engine.clock().instant().truncatedTo(ChronoUnit.MILLIS), new LogEntry.Control.Resume());
                patience.insist("appending to the event log", () -> engine.log().append(inbox, resume));
            }
        } catch (ProblemException e) {
            LOGGER.atDebug()
                    .addKeyValue("activationId", inbox.activation())
                    .addKeyValue("cause", e.detail())
                    .log("the event log takes nothing: what comes next says so");
        }
    }

    /** Whether somebody woke it after this entry: the owner that did may have died since. */
    boolean ahead(Position decided) {
        int max = engine.limits().batchEntries();
        Position after = decided;
        while (true) {
            Position from = after;
            List<LogEntry> entries =
                    patience.insist("reading the event log", () -> engine.log().read(inbox, from, max, Duration.ZERO));
            if (entries.isEmpty()) {
                return false;
            }
            if (entries.stream().anyMatch(Awakening::wakes)) {
                return true;
            }
            after = entries.getLast().position();
        }
    }

    private static boolean wakes(LogEntry entry) {
        return entry instanceof LogEntry.Controlled said && said.control() instanceof LogEntry.Control.Resume;
    }
}
