// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.live;

import io.vertx.core.Future;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A live feed within one process. Each listener is called in order, never twice at the same time; one that lags behind by
 * more than a thousand updates misses the newest. Safe for any thread.
 */
public final class InMemoryLiveFeed implements LiveFeed {
    private static final int BACKLOG = 1000;

    private final Executor executor;
    private final CopyOnWriteArrayList<Mailbox<LiveUpdate>> listeners = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<String, CopyOnWriteArrayList<Mailbox<String>>> bells = new ConcurrentHashMap<>();

    /** Calls its listeners on this executor. */
    public InMemoryLiveFeed(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void publish(LiveUpdate update) {
        listeners.forEach(listener -> listener.offer(update));
    }

    @Override
    public Future<Subscription> subscribe(Consumer<LiveUpdate> listener) {
        return add(listeners, new Mailbox<>(executor, BACKLOG, listener));
    }

    @Override
    public void ring(String bell) {
        bells.getOrDefault(bell, new CopyOnWriteArrayList<>()).forEach(listener -> listener.offer(bell));
    }

    @Override
    public Future<Subscription> onRing(String bell, Runnable listener) {
        CopyOnWriteArrayList<Mailbox<String>> waiting =
                bells.computeIfAbsent(bell, unused -> new CopyOnWriteArrayList<>());
        return add(waiting, new Mailbox<>(executor, 1, rung -> listener.run()));
    }

    private static <T> Future<Subscription> add(CopyOnWriteArrayList<Mailbox<T>> all, Mailbox<T> mailbox) {
        all.add(mailbox);
        return Future.succeededFuture(() -> {
            mailbox.close();
            all.remove(mailbox);
        });
    }

    /** What one listener has not seen yet. */
    private static final class Mailbox<T> {
        private final Executor executor;
        private final BlockingQueue<T> waiting;
        private final Consumer<T> listener;
        private final AtomicBoolean running = new AtomicBoolean();
        private volatile boolean closed;

        Mailbox(Executor executor, int bound, Consumer<T> listener) {
            this.executor = executor;
            this.waiting = new LinkedBlockingQueue<>(bound);
            this.listener = listener;
        }

        void offer(T one) {
            waiting.offer(one);
            start();
        }

        private void start() {
            if (!waiting.isEmpty() && running.compareAndSet(false, true)) {
                executor.execute(this::drain);
            }
        }

        private void drain() {
            try {
                T next = waiting.poll();
                while (next != null && !closed) {
                    listener.accept(next);
                    next = waiting.poll();
                }
            } finally {
                running.set(false);
            }
            // Something may have come between the last poll and the line above.
            if (!closed) {
                start();
            }
        }

        void close() {
            closed = true;
            waiting.clear();
        }
    }
}
