// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A few shared connections that know the scripts. Redis takes only some 16 kB from one connection before it writes and syncs,
 * so several connections put more requests under one fsync than one can.
 */
final class LinkPool {
    private final RedisConfig config;
    private final RedisFailures failures;
    private final List<RedisLink> links = new ArrayList<>();

    LinkPool(Vertx vertx, RedisConfig config, ServerState state, int size, int pendingEach) {
        this.config = config;
        this.failures = new RedisFailures(config.address());
        for (int i = 0; i < size; i++) {
            links.add(new RedisLink(vertx, config, pendingEach, state, LinkPool::loadScripts));
        }
    }

    Future<Void> start() {
        return Future.join(links.stream().map(RedisLink::start).toList()).mapEmpty();
    }

    Future<Void> close() {
        return Future.join(links.stream().map(RedisLink::close).toList()).mapEmpty();
    }

    /** Where the answers of the first connection come in. */
    Context context() {
        return links.getFirst().context();
    }

    /** Sends a plain command on the calmest connection. */
    Future<@Nullable Response> send(Request request) {
        return calmest().send(request).recover(cause -> Future.failedFuture(failures.problem(cause)));
    }

    /** Runs a script on the calmest connection. */
    Future<Response> run(Script script, Consumer<Request> arguments) {
        return run(calmest(), script, arguments);
    }

    /** Runs a script on the connection that this key always gets, so that calls for one key keep their order. */
    Future<Response> run(Script script, Object key, Consumer<Request> arguments) {
        return run(links.get(Math.floorMod(key.hashCode(), links.size())), script, arguments);
    }

    private Future<Response> run(RedisLink link, Script script, Consumer<Request> arguments) {
        return link.send(request(Command.EVALSHA, script.sha1(), arguments))
                .recover(cause -> cause instanceof ErrorType error && error.is("NOSCRIPT")
                        ? link.send(request(Command.EVAL, script.source(), arguments))
                        : Future.failedFuture(cause))
                .recover(cause -> {
                    if (String.valueOf(cause.getMessage()).contains("READONLY")) {
                        link.reset("the server has become a replica");
                    }
                    return Future.failedFuture(failures.problem(cause));
                })
                .map(answer -> Objects.requireNonNull(answer, "scripts always answer something"));
    }

    private Request request(Command command, String script, Consumer<Request> arguments) {
        Request request = Request.cmd(command).arg(script).arg(1).arg(config.keyPrefix());
        arguments.accept(request);
        return request;
    }

    private RedisLink calmest() {
        RedisLink best = links.getFirst();
        for (RedisLink link : links) {
            if (link.connected() && (!best.connected() || link.pending() < best.pending())) {
                best = link;
            }
        }
        return best;
    }

    private static Future<?> loadScripts(RedisConnection connection) {
        List<Request> loads = new ArrayList<>();
        for (Script script : Script.values()) {
            loads.add(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.source()));
        }
        return connection.batch(loads);
    }
}
