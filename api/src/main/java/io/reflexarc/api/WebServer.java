// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import io.reflexarc.core.http.HttpServers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;

/** The HTTP server of {@link ApiVerticle} on an event loop of its own. */
final class WebServer extends VerticleBase {
    private final HttpServerOptions options;
    private final Router router;
    private int port;

    WebServer(HttpServerOptions options, Router router) {
        this.options = options;
        this.router = router;
    }

    /** Where it listens, once it does. */
    int port() {
        return port;
    }

    @Override
    public Future<?> start() {
        return HttpServers.strict(vertx, options)
                .requestHandler(router)
                .listen()
                .onSuccess(server -> port = server.actualPort());
    }
}
