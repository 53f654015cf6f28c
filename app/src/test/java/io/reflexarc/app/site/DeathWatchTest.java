// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.process.Lives;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A process is taken for dead after it has been silent without a break. */
class DeathWatchTest {
    private static final Duration MOMENT = Duration.ofMillis(100);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Said said = new Said();
    private final DeathWatch watch = new DeathWatch(said, "own", () -> now);

    private boolean look() {
        return watch.look().result();
    }

    @Test
    void whoIsSilentForAWhileIsBuried() {
        said.silent = Future.succeededFuture(Set.of("other"));
        assertThat(look()).isFalse();

        now = now.plus(DeathWatch.SILENCE).minusMillis(1);
        assertThat(look()).isFalse();

        now = now.plusMillis(1);
        assertThat(look()).isTrue();
        assertThat(said.buried).containsExactly("other");
    }

    @Test
    void whoWasCutOffForAMomentIsNot() {
        for (int i = 0; i < 20; i++) {
            said.silent = Future.succeededFuture(i % 3 == 2 ? Set.of() : Set.of("other"));
            assertThat(look()).isFalse();
            now = now.plus(MOMENT);
        }
        assertThat(said.buried).isEmpty();
    }

    @Test
    void anOutageOfPostgresqlIsNobodysSilence() {
        said.silent = Future.succeededFuture(Set.of("other"));
        look();
        said.silent = Future.failedFuture("down");
        now = now.plus(MOMENT);
        assertThat(look()).isFalse();
        int asked = said.asked;

        now = now.plus(DeathWatch.SILENCE);
        assertThat(look()).isFalse();
        assertThat(said.asked).isEqualTo(asked);

        said.silent = Future.succeededFuture(Set.of("other"));
        now = now.plus(Duration.ofSeconds(2));
        assertThat(look()).isFalse();
        assertThat(said.buried).isEmpty();
    }

    private static final class Said implements Lives {
        private final List<String> buried = new ArrayList<>();
        private Future<Set<String>> silent = Future.succeededFuture(Set.of());
        private int asked;

        @Override
        public Future<Set<String>> silent(String process) {
            asked++;
            return silent;
        }

        @Override
        public Future<Boolean> bury(String process) {
            buried.add(process);
            return Future.succeededFuture(true);
        }

        @Override
        public Future<Boolean> live(String process, String worker, Duration length) {
            return Future.succeededFuture(true);
        }

        @Override
        public Future<Void> leave(String process) {
            return Future.succeededFuture();
        }
    }
}
