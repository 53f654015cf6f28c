// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Group commit: what is asked for while a write is under way goes out with the next one, so that many callers share one
 * statement and one flush to disk. A lone caller waits for nobody; after a write of several the next one is given a moment to
 * gather more. Safe for any thread.
 *
 * @param <T> what is written
 * @param <R> what its caller gets
 */
final class Together<T, R> {
    private final int most;
    private final Supplier<Future<?>> moment;
    private final Function<List<T>, Future<List<R>>> write;
    private final Queue<Waiting<T, R>> waiting = new ArrayDeque<>();
    private boolean writing;

    /**
     * A group.
     *
     * @param most in one write
     * @param moment ends when the next write may begin
     * @param write answers in the order of what it was given
     */
    Together(int most, Supplier<Future<?>> moment, Function<List<T>, Future<List<R>>> write) {
        this.most = most;
        this.moment = moment;
        this.write = write;
    }

    /** Completes when it is written. */
    Future<R> add(T value) {
        Waiting<T, R> mine = new Waiting<>(value, Promise.promise());
        synchronized (this) {
            waiting.add(mine);
        }
        next();
        return mine.done.future();
    }

    private void next() {
        List<Waiting<T, R>> batch = new ArrayList<>();
        synchronized (this) {
            if (writing || waiting.isEmpty()) {
                return;
            }
            writing = true;
            while (batch.size() < most && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
        }
        boolean several = batch.size() > 1 && batch.size() < most;
        write(batch)
                .compose(done -> several ? moment.get() : Future.succeededFuture())
                .onComplete(done -> {
                    synchronized (this) {
                        writing = false;
                    }
                    next();
                });
    }

    /** A row that cannot be written must not keep the others from it: after a failure each goes alone. */
    private Future<?> write(List<Waiting<T, R>> batch) {
        return attempt(batch).recover(failure -> {
            if (batch.size() == 1) {
                batch.getFirst().done.fail(failure);
                return Future.succeededFuture();
            }
            return Future.join(batch.stream().map(one -> write(List.of(one))).toList())
                    .mapEmpty();
        });
    }

    private Future<Void> attempt(List<Waiting<T, R>> batch) {
        // What throws has failed as well: nothing would ever be written again otherwise
        return Future.succeededFuture(batch.stream().map(Waiting::value).toList())
                .compose(write)
                .map(results -> {
                    for (int i = 0; i < batch.size(); i++) {
                        batch.get(i).done.complete(results.get(i));
                    }
                    return null;
                });
    }

    private record Waiting<T, R>(T value, Promise<R> done) {}
}
