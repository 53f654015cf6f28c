// SPDX-License-Identifier: Apache-2.0
package load;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The target of actions: counts by the number in the path, each once, and when it came. */
final class CountingTarget {
    final AtomicInteger repeats = new AtomicInteger();
    private final List<Expected> expected = new CopyOnWriteArrayList<>();

    /** Listens on a port. */
    CountingTarget(Vertx vertx, int port) throws Exception {
        vertx.createHttpServer()
                .requestHandler(request -> {
                    called(Integer.parseInt(request.path().substring(1)));
                    request.response().setStatusCode(204).end();
                })
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    /** When the events of a load have acted. */
    Latencies expect(OpenLoop load) {
        Latencies acted = new Latencies(load.due);
        expected.add(new Expected(load.first(), load.total(), acted));
        return acted;
    }

    private void called(int number) {
        for (Expected one : expected) {
            int n = number - one.first;
            if (n >= 0 && n < one.count && !one.acted.done(n)) {
                repeats.incrementAndGet();
            }
        }
    }

    /** Waits until so many have acted, at most so long. */
    static void await(Latencies acted, int count, int seconds) throws InterruptedException {
        long since = System.nanoTime();
        while (acted.count() < count && System.nanoTime() - since < TimeUnit.SECONDS.toNanos(seconds)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private record Expected(int first, int count, Latencies acted) {}
}
