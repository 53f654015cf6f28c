// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.log.EventLog.Durability;
import io.reflexarc.core.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Asks the server for the settings on which durability rests. */
final class RedisInspection {
    private final LinkPool queries;

    RedisInspection(LinkPool queries) {
        this.queries = queries;
    }

    Future<RedisSetup> setup() {
        return queries.send(Request.cmd(Command.CONFIG).arg("GET").arg("*"))
                .map(answer -> judge(Objects.requireNonNull(answer, "CONFIG GET answers a list")))
                .recover(cause -> refused(cause)
                        ? Future.succeededFuture(new RedisSetup(
                                Durability.RELAXED,
                                List.of("the server does not tell its configuration (CONFIG GET is refused), so nothing"
                                        + " is known about its fsync")))
                        : Future.failedFuture(cause));
    }

    /** Managed servers forbid CONFIG: an error that the server answered, as opposed to no answer. */
    private static boolean refused(Throwable cause) {
        return cause instanceof ProblemException
                && cause.getCause() instanceof ErrorType answer
                && (answer.is("ERR") || answer.is("NOPERM"));
    }

    private static RedisSetup judge(Response answer) {
        Map<String, String> settings = settings(answer);
        List<String> warnings = new ArrayList<>();
        require(settings, "appendonly", "yes", warnings);
        require(settings, "appendfsync", "always", warnings);
        require(settings, "no-appendfsync-on-rewrite", "no", warnings);
        if (!settings.getOrDefault("maxmemory", "0").equals("0")) {
            require(settings, "maxmemory-policy", "noeviction", warnings);
        }
        return new RedisSetup(warnings.isEmpty() ? Durability.STRICT : Durability.RELAXED, warnings);
    }

    private static void require(Map<String, String> settings, String name, String wanted, List<String> warnings) {
        String found = settings.getOrDefault(name, "unknown");
        if (!found.equals(wanted)) {
            warnings.add("set " + name + " to " + wanted + " (it is " + found + "), or accepted events can be lost");
        }
    }

    private static Map<String, String> settings(Response answer) {
        Map<String, String> settings = new HashMap<>();
        if (answer.isMap()) {
            answer.getKeys().forEach(key -> settings.put(key, String.valueOf(answer.get(key))));
        } else {
            for (int i = 0; i + 1 < answer.size(); i += 2) {
                settings.put(answer.get(i).toString(), String.valueOf(answer.get(i + 1)));
            }
        }
        return settings;
    }
}
