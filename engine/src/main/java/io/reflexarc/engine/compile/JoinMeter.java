// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import org.kie.api.prototype.PrototypeFactInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the combinations of items that one rule's joins look at for one entry. Conditions that hardly restrict each other
 * multiply: such a rule is stopped for the rest of its session, with an error that says so, and the others go on.
 *
 * <p>Drools looks at the items of a join when the last of its conditions has one, be it many entries later, and a restored
 * session looks at all of them once more. So that both count the same, only combinations count that hold an item newer than
 * the last one that this rule has looked at.
 */
final class JoinMeter {
    private static final Logger LOGGER = LoggerFactory.getLogger(JoinMeter.class);

    private final Terminal terminal;
    private final JoinMeters all;
    private long seenUpTo = -1;
    private int combinations;
    private boolean stopped;

    JoinMeter(Terminal terminal, JoinMeters all) {
        this.terminal = terminal;
        this.all = all;
    }

    Terminal terminal() {
        return terminal;
    }

    long seenUpTo() {
        return seenUpTo;
    }

    boolean stopped() {
        return stopped;
    }

    void restore(long seen, boolean wasStopped) {
        seenUpTo = seen;
        stopped = wasStopped;
    }

    /** A combination is about to be looked at; {@code false} when it must not be. */
    boolean looks(PrototypeFactInstance mine, PrototypeFactInstance... others) {
        if (stopped || all.quiet()) {
            return !stopped;
        }
        long newest = newest(mine, others);
        if (newest > seenUpTo) {
            if (combinations++ == 0) {
                all.busy(this);
            }
            if (combinations > all.mostCombinations()) {
                stop();
            }
        }
        return !stopped;
    }

    /** The newest of them; none where one is over. */
    private long newest(PrototypeFactInstance mine, PrototypeFactInstance... others) {
        long newest = sequence(mine);
        boolean over = newest < 0;
        for (PrototypeFactInstance other : others) {
            long sequence = sequence(other);
            newest = Math.max(newest, sequence);
            over |= sequence < 0;
        }
        return over ? -1 : newest;
    }

    private long sequence(PrototypeFactInstance fact) {
        Item item = ((Fact) fact).item();
        return item.isOver(all.now()) ? -1 : item.sequence();
    }

    private void stop() {
        stopped = true;
        LOGGER.atError()
                .addKeyValue("rule", terminal.rule().name())
                .addKeyValue("place", terminal.rule().place())
                .addKeyValue("combinations", all.mostCombinations())
                .log(
                        "rule stopped: its conditions leave too many combinations of events for one event;"
                                + " relate them by a field, as in event.host == events.first.host, or shorten default_events_ttl");
    }

    /** The entry is over; this was its newest item. */
    void settle(long newest) {
        seenUpTo = newest;
        combinations = 0;
    }
}
