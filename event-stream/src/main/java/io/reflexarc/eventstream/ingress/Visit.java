// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;

/** A request on its way: what the tap shows of it, however it ends. Belongs to its event loop. */
final class Visit {
    private final HttpServerRequest request;
    private final Instant at;
    private Buffer body = Buffer.buffer();

    Visit(HttpServerRequest request, Instant at) {
        this.request = request;
        this.at = at;
    }

    HttpServerRequest request() {
        return request;
    }

    /** When its head arrived. */
    Instant at() {
        return at;
    }

    /** The whole body is there. */
    void read(Buffer whole) {
        body = whole;
    }

    /** Empty while it is not there. */
    Buffer body() {
        return body;
    }
}
