// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.log.EventLog.Durability;
import java.util.List;

/**
 * What a Redis server promises, by its own configuration.
 *
 * @param durability whether an acknowledged append is on disk
 * @param warnings what weakens it and how to mend that, one sentence each
 */
public record RedisSetup(Durability durability, List<String> warnings) {
    public RedisSetup {
        warnings = List.copyOf(warnings);
    }
}
