// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.scheduler;

import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.activation.ActivationLog;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.history.EventArchive;
import io.reflexarc.core.history.EventHistory;
import io.reflexarc.core.history.FieldStore;
import io.reflexarc.core.history.RecordedStreams;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.log.EventLog;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The periodic works of every site. */
public final class PeriodicWorks {
    private static final int DAYS_AHEAD = 3;
    private static final Logger LOGGER = LoggerFactory.getLogger(PeriodicWorks.class);

    private PeriodicWorks() {}

    /** Tasks whose worker died become due again, and workers are woken. */
    public static PeriodicWork recoverLostTasks(ActionQueue queue, LiveFeed live) {
        return PeriodicWork.every(
                Duration.ofSeconds(2),
                "recover-lost-tasks",
                () -> queue.recoverLost().onSuccess(count -> {
                    if (count > 0) {
                        LOGGER.atInfo().addKeyValue("count", count).log("tasks of lost workers recovered");
                        live.ring("tasks");
                        live.ring("outcomes");
                    }
                }));
    }

    /** Outcomes go to the inboxes that wait for them, at once when a worker rings. */
    public static PeriodicWork sendOutcomes(ActionQueue queue, EventLog log, InstantSource clock) {
        OutcomeSweeper sweeper = new OutcomeSweeper(queue, log, clock);
        return PeriodicWork.every(Duration.ofSeconds(1), "send-outcomes", sweeper::sweep)
                .onRing("outcomes");
    }

    /** What fields the events of each stream have is known soon after they arrive. */
    public static PeriodicWork learnFields(RecordedStreams streams, EventHistory history, FieldStore fields) {
        FieldLearner learner = new FieldLearner(streams, history, fields);
        return PeriodicWork.every(Duration.ofSeconds(2), "learn-fields", learner::learn);
    }

    /** History goes to the archive before the log drops it. */
    public static PeriodicWork archiveHistory(
            RecordedStreams streams, EventHistory history, EventArchive archive, InstantSource clock) {
        Archiver archiver = new Archiver(streams, history, archive, clock);
        return PeriodicWork.every(Duration.ofSeconds(3), "archive-history", archiver::archive);
    }

    /** The archive forgets events that came long ago. */
    public static PeriodicWork forgetOldHistory(EventArchive archive, int days, InstantSource clock) {
        return PeriodicWork.every(
                Duration.ofMinutes(1),
                "forget-old-history",
                () -> archive.dropBefore(clock.instant().minus(Duration.ofDays(days)))
                        .onSuccess(segments -> {
                            if (segments > 0) {
                                LOGGER.atInfo()
                                        .addKeyValue("segments", segments)
                                        .addKeyValue("days", days)
                                        .log("old history dropped");
                            }
                        }));
    }

    /** The audit is ready for the days to come. */
    public static PeriodicWork prepareAudit(AuditLog audit) {
        return PeriodicWork.every(Duration.ofHours(1), "prepare-audit", () -> audit.prepareDays(DAYS_AHEAD));
    }

    /** The audit forgets what ended long ago. */
    public static PeriodicWork forgetOldAudit(AuditLog audit, int days, InstantSource clock) {
        return PeriodicWork.every(Duration.ofHours(1), "forget-old-audit", () -> dropBefore(audit, days, clock));
    }

    /** The log of activations forgets what was said long ago. */
    public static PeriodicWork forgetOldLines(ActivationLog lines, int days, InstantSource clock) {
        return PeriodicWork.every(
                Duration.ofHours(1),
                "forget-old-lines",
                () -> lines.dropBefore(clock.instant().minus(Duration.ofDays(days))));
    }

    private static Future<?> dropBefore(AuditLog audit, int days, InstantSource clock) {
        return audit.dropBefore(clock.instant().minus(Duration.ofDays(days))).onSuccess(rows -> {
            if (rows > 0) {
                LOGGER.atInfo()
                        .addKeyValue("rows", rows)
                        .addKeyValue("days", days)
                        .log("old audit dropped");
            }
        });
    }
}
