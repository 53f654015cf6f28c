// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** F-7: Redis reaches {@code maxmemory} and takes no more, until it is given more. */
final class RedisFull implements Phase {
    private static final Duration FULL = Duration.ofSeconds(20);

    @Override
    public String id() {
        return "F-7";
    }

    @Override
    public String title() {
        return "Redis reaches maxmemory (noeviction) for " + FULL.toSeconds() + " s";
    }

    @Override
    public int planned() {
        return 1;
    }

    @Override
    public void act(Stage stage) {
        try {
            stage.cluster().servers().redis("CONFIG SET maxmemory 1mb");
            long at = stage.watch().micros();
            Stopwatch.pause(FULL);
            long back = stage.watch().micros();
            stage.cluster().servers().redis("CONFIG SET maxmemory 0");
            long pid = stage.cluster().servers().redisProgram().pid();
            stage.killer()
                    .told(new Fault(
                            id(),
                            "redis",
                            "maxmemory",
                            pid,
                            at,
                            back,
                            stage.watch().micros()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Stopwatch.pause(FULL);
    }

    @Override
    public List<String> judge(Evidence evidence, Map<String, Object> numbers) {
        List<String> complaints = new ArrayList<>(Measures.otherErrors(evidence.replies()));
        for (Fault fault : evidence.faults()) {
            long taken = evidence.replies().stream()
                    .filter(sent -> sent.accepted() && sent.begun() > fault.at() && sent.at() < fault.back())
                    .count();
            numbers.put("accepted_while_full", taken);
            numbers.put("normal_again_s", Measures.secondsToFirstAccepted(evidence.replies(), fault.ready()));
            if (taken > 0) {
                complaints.add(taken + " events were acknowledged by a full log");
            }
        }
        return complaints;
    }
}
