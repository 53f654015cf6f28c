// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.log.LogEntry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads inboxes with plain XREAD. A read that may block has a connection of a pool to itself while it lasts, so a waiting
 * inbox holds up no other, and nothing has to be woken or shared; an idle connection costs the server some 20 kB.
 */
final class InboxReader {
    private static final int MAX_CONNECTIONS = 512;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    /** Longer than any wait: closes connections to a peer that vanished. */
    private static final int IDLE_SECONDS = 45;

    private final String prefix;
    private final RedisFailures failures;
    private final long mostBytes;
    private final Redis client;

    /**
     * A reader that is not connected.
     *
     * @param mostBytes how much the entries of one read may hold together; a larger one comes alone
     */
    InboxReader(Vertx vertx, RedisConfig config, RedisFailures failures, long mostBytes) {
        this.mostBytes = mostBytes;
        this.prefix = config.keyPrefix();
        this.failures = failures;
        RedisOptions options = config.options(MAX_CONNECTIONS, 8);
        options.getNetClientOptions().setIdleTimeout(IDLE_SECONDS);
        this.client = Redis.createClient(vertx, options);
    }

    /** Where the log keeps its incarnation. */
    String incarnationKey() {
        return prefix + "incarnation";
    }

    Future<List<LogEntry>> read(Incarnation incarnation, InboxId inbox, Position after, int max, Duration wait) {
        return client.connect()
                .compose(connection ->
                        read(connection, incarnation, inbox, after, max, wait).onComplete(done -> connection.close()))
                .recover(cause -> Future.failedFuture(failures.problem(cause)));
    }

    /** The incarnation is asked after the wait: entries of another log than ours never get out. */
    private Future<List<LogEntry>> read(
            RedisConnection connection,
            Incarnation incarnation,
            InboxId inbox,
            Position after,
            int max,
            Duration wait) {
        // The pending answers fail too: without a handler the client would log every lost connection as an error.
        connection.exceptionHandler(cause -> {});
        return room(connection, inbox, after, max).compose(most -> {
            Request read = Request.cmd(Command.XREAD).arg("COUNT").arg(most);
            if (wait.isPositive()) {
                long millis = Math.min(wait.toMillis(), LONGEST_WAIT.toMillis());
                read.arg("BLOCK").arg(Math.max(1, millis));
            }
            read.arg("STREAMS").arg(prefix + "inbox:" + inbox).arg(after.toString());
            Future<@Nullable Response> entries = connection.send(read);
            Future<@Nullable Response> actual =
                    connection.send(Request.cmd(Command.GET).arg(incarnationKey()));
            return Future.join(entries, actual).compose(both -> {
                Response found = actual.result();
                if (found == null || !found.toString().equals(incarnation.toString())) {
                    return Future.failedFuture(failures.lost());
                }
                return Future.succeededFuture(EntryCodec.readAnswer(entries.result()));
            });
        });
    }

    /** How many of what waits fit into the memory of one read. */
    private Future<Integer> room(RedisConnection connection, InboxId inbox, Position after, int max) {
        return connection
                .send(room(Command.EVALSHA, Script.ROOM.sha1(), inbox, after, max))
                .recover(cause -> cause instanceof ErrorType error && error.is("NOSCRIPT")
                        ? connection.send(room(Command.EVAL, Script.ROOM.source(), inbox, after, max))
                        : Future.failedFuture(cause))
                .map(answer -> answer == null ? 1 : Integer.parseInt(answer.toString()));
    }

    private Request room(Command command, String script, InboxId inbox, Position after, int max) {
        return Request.cmd(command)
                .arg(script)
                .arg(1)
                .arg(prefix)
                .arg(inbox.toString())
                .arg(after.toString())
                .arg(max)
                .arg(mostBytes);
    }

    Future<Void> close() {
        client.close();
        return Future.succeededFuture();
    }
}
