// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.event.Event;
import io.reflexarc.core.history.EventHistory;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.log.Appended;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.InboxMessage;
import io.reflexarc.core.log.Incarnations;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Step 5 of the path of an event: the durable log on Redis Streams. One script appends the events of a request to the
 * history of their stream and to every bound inbox, or refuses all of them; its answer comes after the fsync. Safe for any
 * thread; {@link #start} comes first.
 */
public final class RedisEventLog implements EventLog {
    private static final int MESSAGE_LINKS = 4;
    private static final int GROUPS_EACH = 16;
    private static final int PENDING_EACH = 1_024;

    private final LinkPool grouped;
    private final AppendGroups groups;
    private final LinkPool appends;
    private final LinkPool queries;
    private final InboxReader reader;
    private final RedisInspection inspection;
    private final RedisFailures failures;
    private final Expectation expectation;
    private final LogBounds bounds;
    private final InstantSource clock;
    private final RedisHistory history;

    /**
     * A log that is not connected yet.
     *
     * @param vertx runs the connections
     * @param config where Redis is
     * @param bounds how much the log holds
     * @param clock tells the age of what waits
     * @param incarnations the incarnation that the log must have
     */
    public RedisEventLog(
            Vertx vertx, RedisConfig config, LogBounds bounds, InstantSource clock, Incarnations incarnations) {
        var state = new ServerState("event log", config.address());
        this.failures = new RedisFailures(config.address());
        this.expectation = new Expectation(incarnations, failures);
        this.grouped = new LinkPool(vertx, config, state, 1, GROUPS_EACH);
        this.groups = new AppendGroups(grouped, bounds, failures);
        this.appends = new LinkPool(vertx, config, state, MESSAGE_LINKS, PENDING_EACH);
        this.queries = new LinkPool(vertx, config, state, 1, PENDING_EACH);
        this.reader = new InboxReader(vertx, config, failures, bounds.readBytes());
        this.inspection = new RedisInspection(queries);
        this.history = new RedisHistory(queries, config.keyPrefix(), bounds);
        this.bounds = bounds;
        this.clock = clock;
    }

    /** Connects; completes with the first connection and goes on trying until then. */
    public Future<Void> start() {
        return Future.join(grouped.start(), appends.start(), queries.start()).mapEmpty();
    }

    /** Ends all connections; calls that wait fail. */
    public Future<Void> close() {
        return Future.join(grouped.close(), appends.close(), queries.close(), reader.close())
                .mapEmpty();
    }

    @Override
    public Future<List<Appended>> append(StreamId stream, List<NewEvent> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return ours(incarnation -> groups.append(incarnation, stream, events));
    }

    @Override
    public Future<Position> append(InboxId inbox, InboxMessage message) {
        return ours(incarnation -> appends.run(
                        Script.MESSAGE,
                        inbox,
                        request -> request.arg(incarnation.toString())
                                .arg(inbox.toString())
                                .arg(EntryCodec.kind(message))
                                .arg(message.stamp().toEpochMilli())
                                .arg(EntryCodec.body(message))
                                .arg(EntryCodec.onceKey(message))
                                .arg(bounds.outcomes().toMillis())))
                .map(answer -> Position.parse(answer.toString()));
    }

    @Override
    public Future<List<LogEntry>> read(InboxId inbox, Position after, int max, Duration wait) {
        return ours(incarnation -> reader.read(incarnation, inbox, after, max, wait));
    }

    @Override
    public Future<Boolean> bind(InboxId inbox, long epoch, Set<StreamId> streams) {
        return ours(incarnation -> bind(incarnation.toString(), inbox, epoch, streams));
    }

    /** Whatever the log is. */
    @Override
    public Future<Boolean> unbind(InboxId inbox, long epoch) {
        return bind("", inbox, epoch, Set.of());
    }

    private Future<Boolean> bind(String incarnation, InboxId inbox, long epoch, Set<StreamId> streams) {
        return appends.run(Script.BIND, inbox, request -> {
                    request.arg(incarnation).arg(inbox.toString()).arg(epoch);
                    streams.forEach(stream -> request.arg(stream.toString()));
                })
                .map(answer -> answer.toString().equals("1"));
    }

    @Override
    public Future<Void> trim(InboxId inbox, Position upTo) {
        String keep = new Position(upTo.major(), upTo.minor() + 1).toString();
        return appends.run(
                        Script.TRIM,
                        inbox,
                        request -> request.arg(inbox.toString()).arg(keep).arg(upTo.toString()))
                .mapEmpty();
    }

    @Override
    public Future<Position> trimmed(InboxId inbox) {
        return ours(incarnation -> queries.run(
                        Script.TRIMMED,
                        request -> request.arg(incarnation.toString()).arg(inbox.toString())))
                .map(answer -> answer.toString().isEmpty() ? Position.START : Position.parse(answer.toString()));
    }

    @Override
    public Future<Void> delete(InboxId inbox) {
        return appends.run(Script.DELETE, inbox, request -> request.arg(inbox.toString()))
                .mapEmpty();
    }

    @Override
    public Future<Backlog> backlog(InboxId inbox, Position after) {
        return ours(incarnation -> queries.run(
                        Script.BACKLOG,
                        request -> request.arg(incarnation.toString())
                                .arg(inbox.toString())
                                .arg(after.toString())))
                .map(answer -> {
                    long entries = Long.parseLong(answer.get(0).toString());
                    Instant oldest =
                            Instant.ofEpochMilli(Long.parseLong(answer.get(1).toString()));
                    Duration age = entries == 0 ? Duration.ZERO : Duration.between(oldest, clock.instant());
                    return new Backlog(entries, age.isNegative() ? Duration.ZERO : age);
                });
    }

    @Override
    public Future<Optional<Event>> find(EventId id) {
        return queries.run(Script.FIND, request -> request.arg(id.value()))
                .map(answer -> answer.size() == 0
                        ? Optional.empty()
                        : Optional.of(EntryCodec.historyEvent(
                                StreamId.parse(answer.get(0).toString()), answer.get(1))));
    }

    @Override
    public Future<List<Event>> recent(StreamId stream, Optional<EventId> before, int max) {
        return queries.run(
                        Script.RECENT,
                        request -> request.arg(stream.toString())
                                .arg(before.map(EventId::value).orElse(""))
                                .arg(max))
                .map(answer -> answer.stream()
                        .map(entry -> EntryCodec.historyEvent(stream, entry))
                        .toList());
    }

    @Override
    public Future<Optional<Incarnation>> incarnation() {
        return queries.send(Request.cmd(Command.GET).arg(reader.incarnationKey()))
                .map(answer -> Optional.ofNullable(answer).map(RedisEventLog::incarnation));
    }

    @Override
    public Future<Void> open(Incarnation incarnation) {
        return appends.run(Script.OPEN, request -> request.arg(incarnation.toString()))
                .compose(answer -> {
                    if (!incarnation(answer).equals(incarnation)) {
                        return Future.failedFuture(new ProblemException(
                                ProblemType.CONFLICT,
                                "the event log has incarnation " + answer + ": empty it before another is opened"));
                    }
                    expectation.opened(incarnation);
                    return Future.succeededFuture();
                });
    }

    @Override
    public Future<Durability> durability() {
        return inspection.setup().map(RedisSetup::durability);
    }

    /** What the server says about itself and what is wrong with it; asked anew each time. */
    public Future<RedisSetup> setup() {
        return inspection.setup();
    }

    /** The same log as a history. */
    public EventHistory history() {
        return history;
    }

    private static Incarnation incarnation(Response answer) {
        return new Incarnation(UUID.fromString(answer.toString()));
    }

    /** Runs a step that names the incarnation which it requires. */
    private <T> Future<T> ours(Function<Incarnation, Future<T>> step) {
        return expectation
                .incarnation()
                .compose(incarnation -> step.apply(incarnation).onFailure(cause -> {
                    if (cause instanceof ProblemException problem && problem.type() == ProblemType.LOG_LOST) {
                        expectation.refused(incarnation);
                    }
                }));
    }
}
