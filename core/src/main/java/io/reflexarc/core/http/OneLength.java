// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.http;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Reads requests that say once where they end. One with a length and chunks may be an attempt to have its rest taken for a
 * request of its own (RFC 9112, 6.1): it is refused and the connection closed, where Netty would drop the length without a
 * word. Vert.x has no setting for it, hence the look behind its interface.
 */
final class OneLength extends VertxHttpRequestDecoder {
    private static final String NAME = "httpDecoder";

    private OneLength(HttpServerOptions options) {
        super(options);
    }

    /** Requires it of a connection that has not been read from yet. */
    static void require(HttpConnection connection, HttpServerOptions options) {
        ChannelPipeline pipeline =
                ((HttpServerConnection) connection).channelHandlerContext().pipeline();
        if (pipeline.get(VertxHttpRequestDecoder.class) != null) {
            pipeline.replace(VertxHttpRequestDecoder.class, NAME, new OneLength(options));
        }
    }

    /** What is thrown here makes the request a malformed one: 400, and nothing after it is read. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("Content-Length and Transfer-Encoding: chunked in one request");
    }
}
