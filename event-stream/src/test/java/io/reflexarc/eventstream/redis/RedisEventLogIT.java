// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.history.EventHistory;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.testkit.EventLogContract;
import io.reflexarc.testkit.RedisServer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

class RedisEventLogIT extends EventLogContract {
    private static final Vertx VERTX = Vertx.vertx();

    private final List<RedisEventLog> logs = new ArrayList<>();

    @AfterEach
    void closeLogs() {
        logs.forEach(log -> await(log.close()));
    }

    @AfterAll
    static void close() {
        await(VERTX.close());
    }

    @Override
    protected EventLog newLog(int inboxBound, int historyBound, InstantSource clock) {
        RedisConfig config = RedisConfig.local(RedisServer.shared().port()).withKeyPrefix(RedisServer.freshPrefix());
        LogBounds bounds =
                new LogBounds(inboxBound, 1 << 20, historyBound, 1 << 20, Duration.ofMinutes(5), Duration.ofMinutes(5));
        var log = new RedisEventLog(VERTX, config, bounds, clock, new KnownIncarnation());
        logs.add(log);
        await(log.start());
        return log;
    }

    @Override
    protected EventHistory history(EventLog log) {
        return ((RedisEventLog) log).history();
    }
}
