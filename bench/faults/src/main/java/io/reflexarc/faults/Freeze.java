// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * F-18 and F-19: a role stands still for longer than its lease, as in a long pause of its collector, then goes on. Another
 * process of the role has taken over meanwhile; what the first still believes must not count.
 */
final class Freeze implements Phase {
    private final Part part;
    private final int times;
    private final Duration time;

    Freeze(Part part, int times, Duration time) {
        this.part = part;
        this.times = times;
        this.time = time;
    }

    @Override
    public String id() {
        return part == Part.WORKER ? "F-18" : "F-19";
    }

    @Override
    public String title() {
        return "SIGSTOP of a " + part.label() + " for " + time.toSeconds() + " s, past its lease, another takes over, "
                + times + " times";
    }

    @Override
    public int planned() {
        return times;
    }

    @Override
    public void act(Stage stage) {
        Program second = stage.cluster().another(part);
        for (int i = 0; i < times; i++) {
            stage.killer().freeze(id(), part, time);
            Stopwatch.pause(Duration.ofSeconds(10));
        }
        second.stop(Duration.ofSeconds(60));
    }

    @Override
    public List<String> judge(Evidence evidence, Map<String, Object> numbers) {
        return List.of(); // what is counted in every phase says it all
    }
}
