// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.id.Incarnation;
import io.reflexarc.testkit.RedisServer;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Logs for tests. */
public final class RedisLogs {
    private RedisLogs() {}

    /** An opened log with a prefix of its own. */
    public static RedisEventLog open(Vertx vertx, RedisServer server, LogBounds bounds) {
        RedisConfig config = RedisConfig.local(server.port()).withKeyPrefix(RedisServer.freshPrefix());
        var log = new RedisEventLog(vertx, config, bounds, InstantSource.system(), new KnownIncarnation());
        try {
            log.start().await(1, TimeUnit.MINUTES);
            log.open(new Incarnation(UUID.randomUUID())).await(1, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            throw new AssertionError("redis does not answer", e);
        }
        return log;
    }
}
