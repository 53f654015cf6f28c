// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.core.process.Lives;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watches the other processes: one that is silent for a while is dead, and what it had is free before its leases are over.
 */
final class DeathWatch {
    /** Long enough to come back after the connection to PostgreSQL broke, where PostgreSQL goes on. */
    static final Duration SILENCE = Duration.ofMillis(500);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Lives lives;
    private final String process;
    private final InstantSource clock;
    private final Map<String, Instant> silent = new HashMap<>();
    private boolean looking;
    private Instant notBefore = Instant.EPOCH;

    DeathWatch(Lives lives, String process, InstantSource clock) {
        this.lives = lives;
        this.process = process;
        this.clock = clock;
    }

    /** Whether anything became free. One look at a time; none for a while where PostgreSQL does not answer. */
    Future<Boolean> look() {
        if (looking || clock.instant().isBefore(notBefore)) {
            return Future.succeededFuture(false);
        }
        looking = true;
        return lives.silent(process)
                .compose(this::bury)
                .onFailure(down -> {
                    notBefore = clock.instant().plus(PAUSE);
                    silent.clear();
                })
                .otherwise(false)
                .onComplete(done -> looking = false);
    }

    private Future<Boolean> bury(Set<String> found) {
        Instant now = clock.instant();
        silent.keySet().retainAll(found);
        found.forEach(one -> silent.putIfAbsent(one, now));
        List<Future<Boolean>> buried = found.stream()
                .filter(one -> !now.isBefore(silent.getOrDefault(one, now).plus(SILENCE)))
                .map(lives::bury)
                .toList();
        return Future.all(buried).map(all -> buried.stream().anyMatch(Future::result));
    }
}
