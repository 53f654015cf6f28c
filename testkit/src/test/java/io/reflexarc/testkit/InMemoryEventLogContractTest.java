// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.testkit;

import io.reflexarc.core.history.EventHistory;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.InMemoryEventLog;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;

class InMemoryEventLogContractTest extends EventLogContract {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        await(VERTX.close());
    }

    @Override
    protected EventLog newLog(int inboxBound, int historyBound, InstantSource clock) {
        return new InMemoryEventLog(
                clock,
                (delay, task) -> VERTX.setTimer(Math.max(1, delay.toMillis()), id -> task.run()),
                new InMemoryEventLog.Bounds(inboxBound, historyBound));
    }

    @Override
    protected EventHistory history(EventLog log) {
        return ((InMemoryEventLog) log).history();
    }
}
