// SPDX-License-Identifier: Apache-2.0
package load;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The target of actions: counts by the number in the path, each once, and when it came. */
final class CountingTarget {
    final Latencies acted;
    final AtomicInteger repeats = new AtomicInteger();

    /** Listens on a port for what a load sends off. */
    CountingTarget(Vertx vertx, int port, OpenLoop load) throws Exception {
        acted = new Latencies(load.due);
        vertx.createHttpServer()
                .requestHandler(request -> {
                    if (!acted.done(Integer.parseInt(request.path().substring(1)))) {
                        repeats.incrementAndGet();
                    }
                    request.response().setStatusCode(204).end();
                })
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    /** Waits until so many have acted, at most so long. */
    void await(int count, int seconds) throws InterruptedException {
        long since = System.nanoTime();
        while (acted.count() < count && System.nanoTime() - since < TimeUnit.SECONDS.toNanos(seconds)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
