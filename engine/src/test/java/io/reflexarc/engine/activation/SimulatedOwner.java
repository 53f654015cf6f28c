// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.Lease;
import io.reflexarc.core.log.LogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/** A process that owns the activation, or believes that it does, with a life as uncertain as that of its calls. */
final class SimulatedOwner implements Ownership {
    private final SimulatedSite site;
    private final Lease lease;
    private final Trouble logTrouble;
    private final Trouble rowTrouble;
    private final UnreliableDecisionLog rows;
    private final ActivationRun run;
    private Instant goodUntil;
    private boolean believes;
    private boolean ready;

    SimulatedOwner(SimulatedSite site, Lease lease, Random random) {
        this.site = site;
        this.lease = lease;
        this.goodUntil = lease.until();
        this.logTrouble = new Trouble(random);
        this.rowTrouble = new Trouble(random);
        logTrouble.outage(site::logDown);
        rowTrouble.outage(site::rowsDown);
        this.rows = new UnreliableDecisionLog(site.rows(), rowTrouble, random);
        this.run = site.run(this, site.context(this, logTrouble, rows, random));
    }

    /** Works until nothing is left to do, for so many turns at most; {@code true} when it came to rest alive. */
    boolean work(int turns) {
        try {
            begin();
            int idle = 0;
            for (int i = 0; idle < 2 && i < turns; i++) {
                idle = turn() ? 0 : idle + 1;
            }
            return true;
        } catch (Killed e) {
            end();
        } catch (Stopped e) {
            if (!(e.reason() instanceof Stopped.Reason.Fenced)) {
                throw new AssertionError("stopped: " + e.reason(), e);
            }
            end();
        }
        return false;
    }

    private void begin() {
        if (!ready) {
            run.append(new LogEntry.Control.Owner(lease.epoch()));
            run.recover();
            ready = true;
        }
    }

    private boolean turn() {
        try {
            return run.turn(Duration.ZERO) == ActivationRun.Turnover.WORKED;
        } finally {
            rows.arrive();
        }
    }

    /** Dies within so many calls; before that it loses some answers. */
    void arm(int calls, double lostAnswers) {
        logTrouble.arm(calls, lostAnswers);
        rowTrouble.arm(calls, lostAnswers);
    }

    private void end() {
        die();
        site.forget(this);
    }

    /** Its commit that is under way may still arrive: before the next owner comes, or after. */
    void die() {
        logTrouble.disarm();
        rowTrouble.disarm();
        run.close();
        Optional<Commit> straggler = rows.ownerDied();
        straggler.ifPresent(site::late);
    }

    void close() {
        run.close();
    }

    /** From now on it does not notice that its lease is over. */
    void believe() {
        believes = true;
    }

    boolean isReplaced() {
        return site.isReplaced(lease.epoch());
    }

    ActivationRun run() {
        return run;
    }

    @Override
    public long epoch() {
        return lease.epoch();
    }

    @Override
    public boolean holds() {
        if (believes) {
            return true;
        }
        boolean due = !site.now().isBefore(goodUntil.minus(SimulatedSite.LEASE.dividedBy(2)));
        if (due && !site.rowsDown() && site.renew(lease)) {
            goodUntil = site.now().plus(SimulatedSite.LEASE);
        }
        return site.now().isBefore(goodUntil);
    }

    @Override
    public void pause(Duration time) {
        site.pass(time);
    }

    @Override
    public void trouble(String sentence) {
        // Expected here.
    }
}
