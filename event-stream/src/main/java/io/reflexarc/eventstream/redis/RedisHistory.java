// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.history.EventHistory;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The histories of the streams, read by range. A history is a stream of Redis, its positions are Redis's. */
final class RedisHistory implements EventHistory {
    /** Redis serves nobody else meanwhile: some two milliseconds. */
    private static final int DROPPED_AT_ONCE = 128;

    private final LinkPool queries;
    private final String prefix;
    private final LogBounds bounds;

    RedisHistory(LinkPool queries, String prefix, LogBounds bounds) {
        this.queries = queries;
        this.prefix = prefix;
        this.bounds = bounds;
    }

    @Override
    public Future<List<Recorded>> after(StreamId stream, Position after, int max) {
        return queries.send(Request.cmd(Command.XRANGE)
                        .arg(key(stream))
                        .arg("(" + after)
                        .arg("+")
                        .arg("COUNT")
                        .arg(max))
                .map(answer -> recorded(stream, answer));
    }

    @Override
    public Future<List<Recorded>> before(StreamId stream, Optional<Position> before, int max) {
        return queries.send(Request.cmd(Command.XREVRANGE)
                        .arg(key(stream))
                        .arg(before.map(position -> "(" + position).orElse("+"))
                        .arg("-")
                        .arg("COUNT")
                        .arg(max))
                .map(answer -> recorded(stream, answer));
    }

    @Override
    public Future<Void> archived(StreamId stream, Position upTo) {
        return queries.run(
                        Script.ARCHIVED,
                        request -> request.arg(stream.toString())
                                .arg(upTo.toString())
                                .arg(bounds.historyEvents())
                                .arg(bounds.historyBytes())
                                .arg(DROPPED_AT_ONCE))
                .compose(dropped ->
                        number(dropped) < DROPPED_AT_ONCE ? Future.succeededFuture() : archived(stream, upTo));
    }

    @Override
    public Future<Held> held(StreamId stream) {
        Future<@Nullable Response> length =
                queries.send(Request.cmd(Command.XLEN).arg(key(stream)));
        Future<@Nullable Response> lost = queries.send(
                Request.cmd(Command.HGET).arg(prefix + "kept:" + stream).arg("lost"));
        return Future.all(length, lost).map(both -> new Held(number(length.result()), number(lost.result())));
    }

    private static long number(@Nullable Response answer) {
        return answer == null ? 0 : Long.parseLong(answer.toString());
    }

    private String key(StreamId stream) {
        return prefix + "history:" + stream;
    }

    private static List<Recorded> recorded(StreamId stream, @Nullable Response answer) {
        return answer == null
                ? List.of()
                : answer.stream()
                        .map(entry -> new Recorded(
                                Position.parse(entry.get(0).toString()), EntryCodec.historyEvent(stream, entry)))
                        .toList();
    }
}
