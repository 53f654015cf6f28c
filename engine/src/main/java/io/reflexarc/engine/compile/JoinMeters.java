// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The meters of one session's joins, by the place of their rules in the file. */
final class JoinMeters {
    private final @Nullable JoinMeter[] meters;
    private final List<JoinMeter> busy = new ArrayList<>();
    private final int mostCombinations;
    private boolean quiet;
    private long now;

    /** For a ruleset of so many rules, each of which may look at so many combinations for one entry. */
    JoinMeters(int rules, int mostCombinations) {
        meters = new @Nullable JoinMeter[rules];
        this.mostCombinations = mostCombinations;
    }

    /** Every one may stay in memory as long as its items. */
    int mostCombinations() {
        return mostCombinations;
    }

    /** The meter of a rule. */
    JoinMeter of(Terminal terminal) {
        JoinMeter known = meters[terminal.order()];
        if (known == null) {
            known = new JoinMeter(terminal, this);
            meters[terminal.order()] = known;
        }
        return known;
    }

    /** Those that have looked at anything, in file order. */
    List<JoinMeter> all() {
        return Arrays.stream(meters).filter(Objects::nonNull).toList();
    }

    /** Whether nothing is counted: what is being restored was counted when it happened. */
    boolean quiet() {
        return quiet;
    }

    void quiet(boolean now) {
        quiet = now;
    }

    /** Session time: Drools looks at what is over once more before it lets it go, a restored session does not. */
    long now() {
        return now;
    }

    void now(long millis) {
        now = millis;
    }

    void busy(JoinMeter meter) {
        busy.add(meter);
    }

    /** Everything that an entry set off was looked at. */
    void settle(long newest) {
        busy.forEach(meter -> meter.settle(newest));
        busy.clear();
    }

    /** Leaves out what stopped rules found. */
    List<Found> allowed(List<Found> found) {
        found.removeIf(each -> {
            JoinMeter meter = meters[each.terminal().order()];
            return meter != null && meter.stopped();
        });
        return found;
    }
}
