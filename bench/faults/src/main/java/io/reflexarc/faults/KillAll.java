// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** F-2: {@code kill -9} of all roles at one instant. */
final class KillAll implements Phase {
    private final int times;
    private final Duration between;

    KillAll(int times, Duration between) {
        this.times = times;
        this.between = between;
    }

    @Override
    public String id() {
        return "F-2";
    }

    @Override
    public String title() {
        return "kill -9 of all roles at one instant, " + times + " times";
    }

    @Override
    public int planned() {
        return times * Part.values().length;
    }

    @Override
    public void act(Stage stage) {
        for (int i = 0; i < times; i++) {
            stage.killer().killAll(id());
            Stopwatch.pause(between);
        }
    }

    @Override
    public List<String> judge(Evidence evidence, Map<String, Object> numbers) {
        double slowest = evidence.faults().stream()
                .mapToDouble(fault -> (fault.ready() - fault.at()) / 1e6)
                .max()
                .orElse(0);
        numbers.put("ready_max_s", Measures.round(slowest));
        return evidence.faults().stream().anyMatch(fault -> fault.how().contains("did not come back"))
                ? List.of("a role did not come back")
                : List.of();
    }
}
