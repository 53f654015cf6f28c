// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection whose answers are waited for, for backup and restore. */
final class RedisCalls implements AutoCloseable {
    private static final int PENDING = 10_000;
    private static final int PATIENCE_SECONDS = 60;
    private static final int SCANNED_AT_A_TIME = 1_000;

    private final RedisConfig config;
    private final RedisFailures failures;
    private final Redis client;
    private final RedisConnection connection;

    RedisCalls(Vertx vertx, RedisConfig config) {
        this.config = config;
        this.failures = new RedisFailures(config.address());
        this.client = Redis.createClient(vertx, config.options(1, PENDING));
        this.connection = await(client.connect());
    }

    /** With the prefix of the site. */
    String key(String name) {
        return config.keyPrefix() + name;
    }

    @Nullable
    Response call(Command command, Object... arguments) {
        return await(connection.send(request(command, arguments)));
    }

    /** All of them in one go. */
    List<@Nullable Response> batch(List<Request> requests) {
        return requests.isEmpty() ? List.of() : await(connection.batch(requests));
    }

    Response script(Script script, List<String> arguments) {
        Request request = Request.cmd(Command.EVAL).arg(script.source()).arg(1).arg(config.keyPrefix());
        arguments.forEach(request::arg);
        @Nullable Response answer = await(connection.send(request));
        return Objects.requireNonNull(answer, "scripts always answer something");
    }

    static Request request(Command command, Object... arguments) {
        Request request = Request.cmd(command);
        for (Object argument : arguments) {
            request.arg(String.valueOf(argument));
        }
        return request;
    }

    /** Names of all keys that begin so, without the prefix; one may come twice. */
    void scan(String begin, Consumer<List<String>> found) {
        String cursor = "0";
        do {
            Response page = Objects.requireNonNull(
                    call(Command.SCAN, cursor, "MATCH", escaped(key(begin)) + "*", "COUNT", SCANNED_AT_A_TIME));
            List<String> names = new ArrayList<>();
            for (Response one : page.get(1)) {
                names.add(one.toString().substring(config.keyPrefix().length()));
            }
            found.accept(names);
            cursor = page.get(0).toString();
        } while (!cursor.equals("0"));
    }

    private static String escaped(String name) {
        return name.replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
    }

    private <T extends @Nullable Object> T await(Future<T> answer) {
        try {
            return answer.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | RuntimeException e) {
            throw failures.problem(e);
        }
    }

    @Override
    public void close() {
        connection.close();
        client.close();
    }
}
