// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The meters of all joins of a ruleset, in file order. */
final class JoinMeters {
    private final Map<String, JoinMeter> meters = new LinkedHashMap<>();
    private final List<JoinMeter> busy = new ArrayList<>();
    private boolean quiet;

    /** The meter of a rule. */
    JoinMeter of(Terminal terminal) {
        return meters.computeIfAbsent(terminal.name(), name -> new JoinMeter(terminal, this));
    }

    List<JoinMeter> all() {
        return List.copyOf(meters.values());
    }

    /** Whether nothing is counted: what is being restored was counted when it happened. */
    boolean quiet() {
        return quiet;
    }

    void quiet(boolean now) {
        quiet = now;
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
            JoinMeter meter = meters.get(each.terminal().name());
            return meter != null && meter.stopped();
        });
        return found;
    }
}
