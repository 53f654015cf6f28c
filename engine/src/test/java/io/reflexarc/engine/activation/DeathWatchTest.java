// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.activation.Lease;
import io.reflexarc.core.activation.Leases;
import io.reflexarc.core.activation.Placement;
import io.reflexarc.core.id.ActivationId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static final class Said implements Leases {
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
        public Future<Optional<Lease>> claim(ActivationId activation, String owner, Duration length) {
            return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Future<Boolean> renew(Lease lease, Duration length) {
            return Future.succeededFuture(false);
        }

        @Override
        public Future<Void> release(Lease lease) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Placement> attend(String process, Duration length) {
            return Future.succeededFuture(new Placement(Set.of(), Map.of()));
        }

        @Override
        public Future<Void> leave(String process) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Boolean> lead(String work, String owner, Duration length) {
            return Future.succeededFuture(false);
        }
    }
}
