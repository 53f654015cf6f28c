// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.live.LiveUpdate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TapBoardTest {
    private static final StreamId STREAM = new StreamId(new UUID(0, 1));
    private static final Instant MORNING = Instant.parse("2026-10-01T08:00:00Z");
    private static final Instant NOON = Instant.parse("2026-10-01T12:00:00Z");

    private final TapBoard old = new TapBoard(MORNING);
    private final TapBoard young = new TapBoard(NOON);

    @Test
    void aProcessThatStartedLaterLearnsWhatAnotherHeard() {
        old.add(seen(1, 202));
        old.add(seen(2, 401));
        LiveUpdate.RequestSeen both = seen(3, 202);
        old.add(both);
        young.add(both);

        assertThat(young.asks(STREAM)).isTrue();
        assertThat(young.asks(STREAM)).as("once is enough").isFalse();
        young.hear(old.tell(STREAM).orElseThrow());

        assertThat(young.of(STREAM)).isEqualTo(old.of(STREAM)).hasSize(3);
        assertThat(young.since(STREAM)).isEqualTo(MORNING);
        assertThat(young.asks(STREAM)).isFalse();
    }

    @Test
    void whoHeardNothingTellsNothing() {
        assertThat(young.tell(STREAM)).isEmpty();
        assertThat(young.since(STREAM)).isEqualTo(NOON);
    }

    @Test
    void whatIsHeardOfOthersKeepsToTheSameBounds() {
        for (int n = 0; n < TapBoard.KEPT; n++) {
            old.add(seen(n, 202));
            young.add(seen(1_000 + n, 202));
        }

        young.hear(old.tell(STREAM).orElseThrow());

        assertThat(young.of(STREAM)).hasSize(TapBoard.KEPT).first().isEqualTo(seen(1_000 + TapBoard.KEPT - 1, 202));
    }

    private static LiveUpdate.RequestSeen seen(int second, int status) {
        return new LiveUpdate.RequestSeen(
                STREAM, NOON.plusSeconds(second), status, "", 1, Optional.empty(), List.of(), 2, "{}");
    }
}
