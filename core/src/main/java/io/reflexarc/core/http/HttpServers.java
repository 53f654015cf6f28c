// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/** Makes HTTP servers that read requests strictly: HTTP/1.1 or TLS, and never a request that says twice where it ends. */
public final class HttpServers {
    private HttpServers() {}

    /** One that does not listen yet. */
    public static HttpServer strict(Vertx vertx, HttpServerOptions options) {
        return strict(vertx, options, connection -> {});
    }

    /** The same, which also tells of each connection before it is read from. */
    public static HttpServer strict(Vertx vertx, HttpServerOptions options, Handler<HttpConnection> opened) {
        HttpServerOptions strict = options.setHttp2ClearTextEnabled(false);
        return vertx.createHttpServer(strict).connectionHandler(connection -> {
            OneLength.require(connection, strict);
            opened.handle(connection);
        });
    }
}
