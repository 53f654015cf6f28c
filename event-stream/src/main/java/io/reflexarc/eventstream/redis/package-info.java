// SPDX-License-Identifier: Apache-2.0
/**
 * The event log and the live feed on Redis: the only home of the Redis client. Lua scripts, one for each atomic step, stand
 * beside the classes as resources. Nothing here knows HTTP.
 */
@NullMarked
package io.reflexarc.eventstream.redis;

import org.jspecify.annotations.NullMarked;
