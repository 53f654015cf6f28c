// SPDX-License-Identifier: Apache-2.0
package load;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a body and answers 202: what any server on Vert.x costs. Writes its port to the file that it is given. */
final class Plain202 {
    private Plain202() {}

    public static void main(String[] arguments) throws Exception {
        int port = Vertx.vertx()
                .createHttpServer()
                .requestHandler(request -> request.body()
                        .onSuccess(body -> request.response().setStatusCode(202).end("{\"event_id\":\"none\"}")))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
        Files.writeString(Path.of(arguments[0]), Integer.toString(port));
    }
}
