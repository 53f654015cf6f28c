// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** F-9: {@code kill -9} of PostgreSQL a few times, back a second later; then once more, and down for longer. */
final class KillPostgres implements Phase {
    private final int kills;
    private final Duration down;
    private final Duration between;

    KillPostgres(int kills, Duration down, Duration between) {
        this.kills = kills;
        this.down = down;
        this.between = between;
    }

    @Override
    public String id() {
        return "F-9";
    }

    @Override
    public String title() {
        return "kill -9 of PostgreSQL, " + kills + " times, then down for " + down.toSeconds() + " s";
    }

    @Override
    public int planned() {
        return kills + 1;
    }

    @Override
    public void act(Stage stage) {
        for (int i = 0; i < kills; i++) {
            stage.killer().killPostgres(id(), Duration.ofSeconds(1));
            Stopwatch.pause(between);
        }
        stage.killer().killPostgres(id(), down);
        Stopwatch.pause(between);
    }

    @Override
    public List<String> judge(Evidence evidence, Map<String, Object> numbers) {
        List<String> complaints = new ArrayList<>();
        long whileDown = evidence.faults().stream()
                .mapToLong(fault -> evidence.replies().stream()
                        .filter(sent -> sent.accepted() && sent.at() > fault.at() && sent.at() < fault.back())
                        .count())
                .sum();
        numbers.put("accepted_while_down", whileDown);
        complaints.addAll(Measures.otherErrors(evidence.replies()));
        return complaints;
    }
}
