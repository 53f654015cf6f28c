// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.Incarnations;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the event log is the one that PostgreSQL remembers, and the way out when it is lost.
 *
 * @param expected what PostgreSQL remembers
 * @param found what the log itself says; empty when it is new or lost
 */
public record LogLife(Optional<Incarnation> expected, Optional<Incarnation> found) {
    /** Asks both. */
    public static Future<LogLife> of(Incarnations incarnations, EventLog log) {
        return Future.join(incarnations.expected(), log.incarnation())
                .map(both -> new LogLife(both.resultAt(0), both.resultAt(1)));
    }

    /** Whether all is well. */
    public boolean intact() {
        return expected.isPresent() && expected.equals(found);
    }

    /** Whether the log holds nothing where PostgreSQL remembers something. */
    public boolean lost() {
        return expected.isPresent() && found.isEmpty();
    }

    /**
     * Gives a lost log a new life. Every activation begins anew with nothing remembered; what was in the log and undecided is
     * gone. {@code CONFLICT} when the log is not lost.
     */
    public static Future<Incarnation> openNew(Incarnations incarnations, EventLog log, Supplier<Incarnation> fresh) {
        return of(incarnations, log).compose(life -> {
            if (!life.lost()) {
                return Future.failedFuture(new ProblemException(ProblemType.CONFLICT, life.sentence()));
            }
            // Remembered first: a crash in between leaves a log that is lost still, and this can be done again.
            Incarnation next = fresh.get();
            return incarnations.expect(next).compose(done -> log.open(next)).map(next);
        });
    }

    /** What is the matter, for people. */
    public String sentence() {
        if (intact()) {
            return "the event log is the one that PostgreSQL remembers: nothing needs to be done";
        }
        if (lost()) {
            return "the event log was lost: Redis holds none, but PostgreSQL remembers " + expected.get();
        }
        return expected.isEmpty()
                ? "this site has no event log yet: it gets one at its first start"
                : "Redis holds the event log " + found.get() + ", but PostgreSQL remembers " + expected.get()
                        + ": it belongs to another site or to another time of this one; configure the right Redis, or an"
                        + " empty one";
    }
}
