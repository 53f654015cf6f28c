// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.report;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.SourceTime;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;

/** The first connection of a worker: says who it is and hears what it is to run. */
public final class WorkloadClient {
    private WorkloadClient() {}

    /**
     * Asks for the workload. Blocks.
     *
     * @throws ProblemException when the other end refuses us, or closes before it has said everything
     */
    public static Workload fetch(Vertx vertx, Link link, WorkloadFiles files, SourceTime time, RandomGenerator random)
            throws InterruptedException {
        Workload.Assembly assembly = new Workload.Assembly(files);
        Promise<Workload> all = Promise.promise();
        Dialer dialer = new Dialer(vertx, link, time, random);
        WebSocket socket = dialer.connect(opened -> opened.textMessageHandler(text -> {
                    try {
                        if (assembly.take(JsonText.ofString(text).tree())) {
                            all.tryComplete(assembly.workload());
                        }
                    } catch (RuntimeException e) {
                        all.tryFail(e);
                    }
                })
                .closeHandler(closed -> all.tryFail(cut())));
        socket.writeTextMessage(
                JsonText.of(Map.of("type", "Worker", "activation_id", link.id(), "activation_instance_id", link.id()))
                        .toString());
        try {
            return all.future().toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            socket.close();
            dialer.close();
        }
    }

    private static ProblemException cut() {
        return new ProblemException(
                ProblemType.INVALID,
                "Error communicating with web socket server: it closed before the workload was complete");
    }
}
