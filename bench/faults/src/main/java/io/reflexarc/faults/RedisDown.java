// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** F-6: Redis is down for a minute: nothing grows, no event loop is blocked, everything goes on by itself afterwards. */
final class RedisDown implements Phase {
    private final Duration down;
    private Map<Part, Long> before = Map.of();
    private Map<Part, Long> after = Map.of();
    private long blockedBefore;
    private long blockedAfter;

    RedisDown(Duration down) {
        this.down = down;
    }

    @Override
    public String id() {
        return "F-6";
    }

    @Override
    public String title() {
        return "Redis down for " + down.toSeconds() + " s";
    }

    @Override
    public int planned() {
        return 1;
    }

    @Override
    public void act(Stage stage) {
        before = stage.cluster().resident();
        blockedBefore = blocked(stage);
        stage.killer().killRedis(id(), down);
        after = stage.cluster().resident();
        blockedAfter = blocked(stage);
        Stopwatch.pause(Duration.ofSeconds(20));
    }

    private static long blocked(Stage stage) {
        long lines = 0;
        for (Part part : Part.values()) {
            lines += stage.cluster().warnings(part).stream()
                    .filter(line -> line.contains("BlockedThreadChecker"))
                    .count();
        }
        return lines;
    }

    @Override
    public List<String> judge(Evidence evidence, Map<String, Object> numbers) {
        List<String> complaints = new ArrayList<>(Measures.otherErrors(evidence.replies()));
        numbers.put("blocked_event_loops", blockedAfter - blockedBefore);
        for (Part part : Part.values()) {
            long was = before.getOrDefault(part, 0L);
            long is = after.getOrDefault(part, 0L);
            numbers.put("rss_" + part.label() + "_mb", was / 1024 + " to " + is / 1024);
            if (is > was * 1.5 + 50_000) {
                complaints.add(part.label() + " grew from " + was / 1024 + " to " + is / 1024 + " MB");
            }
        }
        return complaints;
    }
}
