// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the server answers, as all connections of one use see it; logs a line when that changes and no other. */
final class ServerState {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServerState.class);

    private final String use;
    private final String address;
    private final AtomicBoolean up = new AtomicBoolean();
    private final AtomicBoolean down = new AtomicBoolean();

    ServerState(String use, String address) {
        this.use = use;
        this.address = address;
    }

    void answers() {
        if (up.compareAndSet(false, true)) {
            down.set(false);
            LOGGER.atInfo()
                    .addKeyValue("for", use)
                    .addKeyValue("redis", address)
                    .log("connected to redis");
        }
    }

    void fails(Throwable cause) {
        if (down.compareAndSet(false, true)) {
            up.set(false);
            LOGGER.atWarn()
                    .addKeyValue("for", use)
                    .addKeyValue("redis", address)
                    .addKeyValue("cause", String.valueOf(cause.getMessage()))
                    .log("redis does not answer, trying again");
        }
    }
}
