// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.live.InMemoryLiveFeed;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.live.LiveUpdate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step 12 of the path of an event: live updates and bells between processes over Redis pub/sub. Nothing is stored, and updates
 * wait only the blink in which others may join them: what finds no connection reaches the listeners of this process only, what
 * finds too much under way is dropped for the others. A message is the name of the feed that sends it, which has told its own
 * listeners already, and a JSON list of updates. After a lost connection every bell rings once. {@link #start} comes first; safe for any
 * thread.
 */
public final class RedisLiveFeed implements LiveFeed {
    private static final Logger LOGGER = LoggerFactory.getLogger(RedisLiveFeed.class);
    private static final int MAX_PENDING = 1_000;
    private static final int BEAT_MILLIS = 10_000;

    /** Updates wait for each other so long: a message for each would cost more than what it says. */
    private static final int TOGETHER_MILLIS = 50;

    private static final int MOST_TOGETHER = 200;
    private static final int SILENT_BEATS = 3;

    private static final TypeReference<List<LiveUpdate>> UPDATES = new TypeReference<>() {};
    private static final ObjectWriter WRITER = Json.mapper().writerFor(UPDATES);
    private static final ObjectReader READER = Json.mapper().readerFor(UPDATES);

    private final Vertx vertx;
    private final byte[] origin = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    private final String live;
    private final String bell;
    private final String beat;
    private final InMemoryLiveFeed local;
    private final RedisLink publisher;
    private final RedisLink subscriber;
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Map<String, Promise<Void>> unconfirmed = new ConcurrentHashMap<>();
    private final AtomicInteger beatsMissed = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final Object order = new Object();
    private final List<LiveUpdate> waiting = new ArrayList<>();
    private volatile long timer = -1;

    /**
     * A feed that is not connected yet.
     *
     * @param vertx runs the connections
     * @param config where Redis is
     * @param executor runs the listeners
     */
    public RedisLiveFeed(Vertx vertx, RedisConfig config, Executor executor) {
        this.vertx = vertx;
        this.live = config.keyPrefix() + "live";
        this.bell = config.keyPrefix() + "bell:";
        this.beat = config.keyPrefix() + "beat";
        this.local = new InMemoryLiveFeed(executor);
        var state = new ServerState("live updates", config.address());
        this.publisher = new RedisLink(vertx, config, MAX_PENDING, state, connection -> Future.succeededFuture());
        this.subscriber = new RedisLink(vertx, config, MAX_PENDING, state, this::listen);
        wanted.add(beat);
    }

    /** Connects; completes with the first connection and goes on trying until then. */
    public Future<Void> start() {
        timer = vertx.setPeriodic(BEAT_MILLIS, tick -> beat());
        return Future.join(publisher.start(), subscriber.start()).mapEmpty();
    }

    /** Ends the connections. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        return Future.join(publisher.close(), subscriber.close()).mapEmpty();
    }

    @Override
    public void publish(LiveUpdate update) {
        if (!publisher.connected()) {
            local.publish(update);
            return;
        }
        int size;
        synchronized (waiting) {
            waiting.add(update);
            size = waiting.size();
        }
        if (size == 1) {
            vertx.setTimer(TOGETHER_MILLIS, due -> flush());
        } else if (size >= MOST_TOGETHER) {
            flush();
        }
    }

    private void flush() {
        synchronized (order) { // everybody hears batches in the order in which they were taken
            List<LiveUpdate> batch;
            synchronized (waiting) {
                batch = latest(waiting);
                waiting.clear();
            }
            if (!batch.isEmpty()) {
                tell(batch);
            }
        }
    }

    private void tell(List<LiveUpdate> batch) {
        batch.forEach(local::publish);
        try {
            byte[] json = WRITER.writeValueAsBytes(batch);
            byte[] message = Arrays.copyOf(origin, origin.length + json.length);
            System.arraycopy(json, 0, message, origin.length, json.length);
            send(live, message);
        } catch (JsonProcessingException e) {
            LOGGER.atError().setCause(e).log("live updates cannot be written");
        }
    }

    /** Of a task that began and ended meanwhile only the end is news. */
    static List<LiveUpdate> latest(List<LiveUpdate> updates) {
        Map<TaskId, LiveUpdate> last = new HashMap<>();
        for (LiveUpdate update : updates) {
            if (update instanceof LiveUpdate.TaskChanged task) {
                last.put(task.id(), task);
            }
        }
        return updates.stream()
                .filter(update -> !(update instanceof LiveUpdate.TaskChanged task) || task.equals(last.get(task.id())))
                .toList();
    }

    @Override
    public void ring(String name) {
        if (publisher.connected()) {
            send(bell + name, new byte[0]);
        } else {
            local.ring(name);
        }
    }

    private void send(String channel, byte[] message) {
        publisher.send(Request.cmd(Command.PUBLISH).arg(channel).arg(message)).onFailure(cause -> {
            if (dropped.getAndIncrement() % MAX_PENDING == 0) {
                LOGGER.atDebug().addKeyValue("dropped", dropped.get()).log("live updates are dropped");
            }
        });
    }

    /** Updates and bells that found too much under way since the start. */
    public long dropped() {
        return dropped.get();
    }

    @Override
    public Future<Subscription> subscribe(Consumer<LiveUpdate> listener) {
        return local.subscribe(listener).compose(made -> want(live).map(made));
    }

    @Override
    public Future<Subscription> onRing(String name, Runnable listener) {
        return local.onRing(name, listener).compose(made -> want(bell + name).map(made));
    }

    /** Completes when the server has confirmed it; without a connection at once, it is made up for later. */
    private Future<Void> want(String channel) {
        if (!wanted.add(channel)) {
            Promise<Void> waiting = unconfirmed.get(channel);
            return waiting == null ? Future.succeededFuture() : waiting.future();
        }
        Promise<Void> confirmed = Promise.promise();
        unconfirmed.put(channel, confirmed);
        subscriber.send(Request.cmd(Command.SUBSCRIBE).arg(channel)).onFailure(cause -> confirm(channel));
        return confirmed.future();
    }

    private void confirm(String channel) {
        Promise<Void> waiting = unconfirmed.remove(channel);
        if (waiting != null) {
            waiting.tryComplete();
        }
    }

    /** On every new connection: all channels again, and all bells, for rings may have been missed. */
    private Future<?> listen(RedisConnection connection) {
        connection.handler(this::receive);
        Request subscribe = Request.cmd(Command.SUBSCRIBE);
        wanted.forEach(subscribe::arg);
        beatsMissed.set(0);
        return connection
                .send(subscribe)
                .onSuccess(sent -> wanted.stream()
                        .filter(channel -> channel.startsWith(bell))
                        .forEach(channel -> local.ring(channel.substring(bell.length()))));
    }

    /** A list in RESP2, a push in RESP3: what kind, which channel, what. */
    private void receive(@Nullable Response message) {
        if (message == null || message.size() < 3) {
            return;
        }
        beatsMissed.set(0);
        String kind = message.get(0).toString();
        String channel = message.get(1).toString();
        if (kind.equals("subscribe")) {
            confirm(channel);
        } else if (kind.equals("message") && channel.equals(live)) {
            deliver(message.get(2).toBytes());
        } else if (kind.equals("message") && channel.startsWith(bell)) {
            local.ring(channel.substring(bell.length()));
        }
    }

    private void deliver(byte[] message) {
        int from = origin.length;
        if (message.length < from || Arrays.equals(message, 0, from, origin, 0, from)) {
            return;
        }
        try {
            for (LiveUpdate update : READER.<List<LiveUpdate>>readValue(message, from, message.length - from)) {
                local.publish(update);
            }
        } catch (JacksonException e) {
            LOGGER.atDebug().setCause(e).log("live update of another version is ignored");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A subscriber sends nothing, so only a message of our own shows that its connection still lives. */
    private void beat() {
        if (publisher.connected()) {
            send(beat, new byte[0]);
        }
        if (subscriber.connected() && beatsMissed.incrementAndGet() > SILENT_BEATS) {
            beatsMissed.set(0);
            subscriber.reset("no message for " + SILENT_BEATS + " beats");
        }
    }
}
