// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** F-4: {@code kill -9} of the log's server, back a second later. */
final class KillRedis implements Phase {
    private static final int UNAVAILABLE = 503;
    /** Two connections, three activations and some periodic works tell their own change of state once; more would be a flood. */
    private static final int LINES = 10;

    private final int kills;
    private final Duration time;
    private final Map<Part, Integer> linesBefore = new EnumMap<>(Part.class);
    private final Map<Part, Integer> lines = new EnumMap<>(Part.class);

    KillRedis(int kills, Duration time) {
        this.kills = kills;
        this.time = time;
    }

    @Override
    public String id() {
        return "F-4";
    }

    @Override
    public String title() {
        return "kill -9 of Redis (appendfsync always), " + kills + " times, back after 1 s";
    }

    @Override
    public int planned() {
        return kills;
    }

    @Override
    public void act(Stage stage) {
        for (Part part : Part.values()) {
            linesBefore.put(part, warnings(stage, part));
        }
        for (int i = 0; i < kills; i++) {
            Stopwatch.pause(stage.killer().upTo(time.dividedBy(kills)).dividedBy(2));
            stage.killer().killRedis(id(), Duration.ofSeconds(1));
            Stopwatch.pause(time.dividedBy(kills * 2L));
        }
        for (Part part : Part.values()) {
            lines.put(part, warnings(stage, part) - linesBefore.getOrDefault(part, 0));
        }
    }

    /** An event loop that a busy machine held up says nothing about the outage. */
    private static int warnings(Stage stage, Part part) {
        return (int) stage.cluster().warnings(part).stream()
                .filter(line -> !line.contains("BlockedThreadChecker"))
                .count();
    }

    @Override
    public List<String> judge(Evidence evidence, Map<String, Object> numbers) {
        List<String> complaints = new ArrayList<>();
        long inGap = 0;
        double slowest = 0;
        for (Fault fault : evidence.faults()) {
            inGap += evidence.replies().stream()
                    .filter(sent -> sent.accepted() && sent.begun() > fault.at() && sent.at() < fault.back())
                    .count();
            slowest = Math.max(slowest, Measures.secondsToFirstAccepted(evidence.replies(), fault.ready()));
        }
        long refused = evidence.replies().stream()
                .filter(sent -> sent.status() == UNAVAILABLE)
                .count();
        numbers.put("refused_503", refused);
        numbers.put("accepted_while_down", inGap);
        numbers.put("reconnect_max_s", slowest);
        numbers.put("log_lines_per_role", lines);
        if (inGap > 0) {
            complaints.add(inGap + " events were acknowledged while the log was down");
        }
        if (refused == 0) {
            complaints.add("nothing was refused with 503");
        }
        complaints.addAll(Measures.otherErrors(evidence.replies()));
        lines.forEach((part, count) -> {
            if (count > LINES * kills) {
                complaints.add(part.label() + " logged " + count + " warnings in " + kills + " outages");
            }
        });
        return complaints;
    }
}
