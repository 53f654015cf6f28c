// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.report;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.source.SourceTime;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second connection: reports, in order. While it is down they wait, and when too many wait, so does who sends them. The
 * one under way when a connection breaks is sent again on the next: there are no acknowledgements.
 */
public final class ReportLink implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger("reflexarc.run");
    private static final long FLUSH_SECONDS = 5;

    /** Codes of a close after which another try is sensible; also none at all and a normal one. */
    private static final Set<Integer> PASSING = Set.of(1000, 1001, 1005, 1006, 1011, 1012, 1013);

    private final Dialer dialer;
    private final Semaphore room;
    private final LinkedBlockingQueue<Item> waiting = new LinkedBlockingQueue<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread sender;
    private volatile boolean failed;

    /** Connects in the background; so many reports may wait. */
    public ReportLink(Vertx vertx, Link link, int bound, SourceTime time, RandomGenerator random) {
        this.dialer = new Dialer(vertx, link, time, random);
        this.room = new Semaphore(bound);
        this.sender = Thread.ofVirtual().name("reports").start(this::send);
    }

    /** Sends when its turn comes; waits while too many wait already. */
    public void send(JsonText message) {
        try {
            room.acquire();
            if (!failed) {
                waiting.add(new Item.Message(message));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the other end does not want us any more. */
    public boolean failed() {
        return failed;
    }

    private void send() {
        Optional<Item.Message> held = Optional.empty();
        try {
            while (true) {
                CountDownLatch closed = new CountDownLatch(1);
                WebSocket socket = dialer.connect(opened -> opened.closeHandler(unused -> {
                    closed.countDown();
                    waiting.add(new Item.Closed());
                }));
                while (closed.getCount() > 0) {
                    if (held.isEmpty()) {
                        switch (waiting.take()) {
                            case Item.Message message -> held = Optional.of(message);
                            case Item.Closed unused -> {
                                continue;
                            }
                            case Item.Exit unused -> {
                                Dialer.await(socket.close().otherwiseEmpty());
                                return;
                            }
                        }
                    }
                    if (!written(socket, held.get())) {
                        break;
                    }
                    held = Optional.empty();
                    room.release();
                }
                if (!PASSING.contains(Optional.ofNullable(socket.closeStatusCode())
                        .map(Short::intValue)
                        .orElse(1006))) {
                    throw new IllegalStateException("the websocket was closed with code " + socket.closeStatusCode());
                }
                dialer.backOff("connection closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ProblemException e) {
            giveUp(e.detail());
        } catch (RuntimeException | TimeoutException e) {
            giveUp(String.valueOf(e.getMessage()));
        } finally {
            dialer.close();
            done.countDown();
        }
    }

    private static boolean written(WebSocket socket, Item.Message message)
            throws InterruptedException, TimeoutException {
        try {
            Dialer.await(socket.writeTextMessage(message.text().toString()));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Nobody waits for a link that is gone for good. */
    private void giveUp(String why) {
        failed = true;
        room.release(Integer.MAX_VALUE / 2);
        LOGGER.error("websocket aborted: {}", why);
    }

    /** Sends what waits, for a while, and closes. */
    @Override
    public void close() {
        waiting.add(new Item.Exit());
        try {
            if (!done.await(FLUSH_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.warn("reports could not be sent in time");
                sender.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private sealed interface Item {
        record Message(JsonText text) implements Item {}

        /** The connection broke: whoever waits for a message looks again. */
        record Closed() implements Item {}

        record Exit() implements Item {}
    }
}
