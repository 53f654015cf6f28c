// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class Uuid7Test {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");

    @Test
    void carriesTheTimeVersionAndVariant() {
        UUID made = new Uuid7(InstantSource.fixed(NOW), new Random(1)).next();

        assertThat(made.version()).isEqualTo(7);
        assertThat(made.variant()).isEqualTo(2);
        assertThat(made.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void sortsAsMadeEvenWhenTheClockStandsStillOrGoesBack() {
        var now = new AtomicReference<>(NOW);
        var ids = new Uuid7(now::get, new Random(1));

        List<String> made = Stream.generate(() -> {
                    now.set(now.get().minusNanos(1_000));
                    return ids.next().toString();
                })
                .limit(10_000)
                .toList();

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }
}
