// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** F-12, the part that the flow of events could notice: the S3 store is away. */
final class StoreDown implements Phase {
    private final Duration time;

    StoreDown(Duration time) {
        this.time = time;
    }

    @Override
    public String id() {
        return "F-12";
    }

    @Override
    public String title() {
        return "the S3 store is away for " + time.toSeconds() + " s: events go on";
    }

    @Override
    public int planned() {
        return 1;
    }

    @Override
    public void act(Stage stage) {
        long at = stage.watch().micros();
        stage.cluster().servers().stopS3();
        Stopwatch.pause(time);
        long back = stage.watch().micros();
        stage.cluster().servers().startS3();
        stage.killer()
                .told(new Fault(
                        id(), "s3", "stopped", 0, at, back, stage.watch().micros()));
        Stopwatch.pause(Duration.ofSeconds(5));
    }

    @Override
    public List<String> judge(Evidence evidence, Map<String, Object> numbers) {
        long meanwhile = evidence.faults().stream()
                .mapToLong(fault -> evidence.replies().stream()
                        .filter(sent -> sent.accepted() && sent.begun() > fault.at() && sent.at() < fault.back())
                        .count())
                .sum();
        numbers.put("accepted_while_down", meanwhile);
        return meanwhile == 0 ? List.of("no event was taken while the store was away") : List.of();
    }
}
