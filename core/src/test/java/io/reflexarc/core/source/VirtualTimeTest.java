// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class VirtualTimeTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualTime time = new VirtualTime(BEGIN);
    private final List<String> seen = new ArrayList<>();

    private void count(String name, int steps, long millis) {
        time.start(name, () -> {
            try {
                for (int i = 0; i < steps; i++) {
                    seen.add(
                            name + " " + Duration.between(BEGIN, time.instant()).toMillis());
                    time.sleep(Duration.ofMillis(millis));
                }
            } catch (InterruptedException e) {
                seen.add(name + " interrupted");
            }
        });
    }

    @Test
    void threadsRunOneAtATimeInTheOrderOfTheirWaking() throws InterruptedException {
        count("a", 3, 20);
        count("b", 2, 30);
        while (time.step()) {
            assertThat(time.instant()).isAfterOrEqualTo(BEGIN);
        }
        assertThat(seen).containsExactly("a 0", "b 0", "a 20", "b 30", "a 40");
        assertThat(time.next()).isEmpty();
    }

    @Test
    void sleepingForNoTimeLetsTheOthersGoFirst() throws InterruptedException {
        count("a", 2, 0);
        count("b", 2, 0);
        while (time.step()) {
            assertThat(time.instant()).isEqualTo(BEGIN);
        }
        assertThat(seen).containsExactly("a 0", "b 0", "a 0", "b 0");
    }

    @Test
    void timeCanMoveByLessThanTheNextWaking() throws InterruptedException {
        count("a", 3, 20);
        time.advanceTo(BEGIN.plusMillis(30));
        assertThat(time.instant()).isEqualTo(BEGIN.plusMillis(30));
        assertThat(seen).containsExactly("a 0", "a 20");
        assertThat(time.next()).contains(BEGIN.plusMillis(40));
    }

    @Test
    void anInterruptEndsASleepAndTheWaitForATurn() throws InterruptedException {
        AtomicBoolean waited = new AtomicBoolean();
        Thread forever = time.start("forever", () -> {
            try {
                time.sleepForever();
            } catch (InterruptedException e) {
                waited.set(true);
            }
        });
        count("a", 1, 1000);
        time.step();
        time.step();
        forever.interrupt();
        forever.join();
        assertThat(waited).isTrue();
    }
}
