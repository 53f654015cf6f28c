// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.outbound;

import io.reflexarc.core.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * An HTTP client that keeps to an {@link OutboundPolicy}. It resolves a name itself, once per call, checks every address, and
 * connects to a checked address, while {@code Host}, SNI and certificate check stay on the name: a name that changes its
 * address between check and call gains nothing. It follows no redirect. One per process, lent to actions.
 */
public final class OutboundHttp implements AutoCloseable {
    /** Bytes kept of an answer's body. */
    public static final int BODY_LIMIT = 65_536;

    private static final int POOL = 32;

    private final Vertx vertx;
    private final HttpClient client;
    private final OutboundPolicy policy;
    private final NameResolver resolver;

    /** With the operating system's names and certificates. */
    public OutboundHttp(Vertx vertx, OutboundPolicy policy) {
        this(vertx, new HttpClientOptions(), policy, NameResolver.system());
    }

    /** With own TLS options (e.g. further certificate authorities) and names. */
    public OutboundHttp(Vertx vertx, HttpClientOptions options, OutboundPolicy policy, NameResolver resolver) {
        this.vertx = vertx;
        this.client = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(POOL))
                .build();
        this.policy = policy;
        this.resolver = resolver;
    }

    /** One exchange that keeps {@link #BODY_LIMIT} bytes of the answer. */
    public Answer call(HttpMethod method, OutboundUrl url, MultiMap headers, Buffer body, Duration timeout)
            throws IOException, InterruptedException {
        return call(method, url, headers, body, timeout, BODY_LIMIT);
    }

    /** For connections that are no HTTP: refuses with {@code FORBIDDEN} a host that the policy does not allow. */
    public void requireAllowed(String host, int port) throws IOException {
        policy.check(host, port, resolver.resolve(host));
    }

    /** Another client with the same policy that takes every certificate; whoever asks for it closes it. */
    public OutboundHttp withoutCertificateCheck() {
        return new OutboundHttp(
                vertx, new HttpClientOptions().setTrustAll(true).setVerifyHost(false), policy, resolver);
    }

    /**
     * One exchange that keeps so many bytes of the answer. Blocks a virtual thread.
     *
     * @throws IOException when there was no whole answer: a later call may fare better
     * @throws ProblemException when the policy refuses
     * @throws InterruptedException when the thread was interrupted; the call is broken off
     */
    public Answer call(
            HttpMethod method, OutboundUrl url, MultiMap headers, Buffer body, Duration timeout, int bodyLimit)
            throws IOException, InterruptedException {
        List<InetAddress> addresses = resolver.resolve(url.host());
        policy.check(url.host(), url.port(), addresses);
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.ssl())
                .setURI(url.uri())
                .setHeaders(headers)
                .setConnectTimeout(timeout.toMillis())
                .setServer(SocketAddress.inetSocketAddress(url.port(), literal(addresses.getFirst())));
        Promise<HttpClientRequest> sent = Promise.promise();
        Future<Answer> answer = client.request(options).compose(request -> {
            sent.tryComplete(request);
            // Nested, so that the reader is there before the answer: this runs on the connection's own thread
            return request.send(body).compose(response -> read(response, bodyLimit));
        });
        try {
            return answer.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            sent.future().onSuccess(HttpClientRequest::reset);
            throw new IOException("no answer within " + timeout.toMillis() / 1000.0 + " s", e);
        } catch (Exception e) {
            sent.future().onSuccess(HttpClientRequest::reset);
            throw trouble(e);
        }
    }

    /** Awaiting throws whatever the call failed with, also checked exceptions that it does not declare. */
    private static IOException trouble(Exception e) throws InterruptedException {
        return switch (e) {
            case InterruptedException interrupted -> throw interrupted;
            case SSLException tls -> new IOException("TLS: " + root(tls).getMessage(), tls);
            case IOException io -> io;
            default -> new IOException(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        };
    }

    private static Throwable root(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null ? e : root(cause);
    }

    private static Future<Answer> read(HttpClientResponse response, int limit) {
        Promise<Answer> answer = Promise.promise();
        Buffer kept = Buffer.buffer();
        response.handler(part -> {
            int room = limit - kept.length();
            kept.appendBuffer(part.length() <= room ? part : part.slice(0, room));
            if (part.length() > room) {
                // Nobody reads the rest: end the exchange rather than carry it
                answer.tryComplete(new Answer(response.statusCode(), response.headers(), kept, true));
                response.request().reset();
            }
        });
        response.exceptionHandler(answer::tryFail);
        response.endHandler(
                end -> answer.tryComplete(new Answer(response.statusCode(), response.headers(), kept, false)));
        return answer.future();
    }

    private static String literal(InetAddress address) throws IOException {
        return InetAddress.getByAddress(address.getAddress()).getHostAddress();
    }

    @Override
    public void close() {
        client.close();
    }

    /**
     * What came back.
     *
     * @param status code
     * @param headers all of them
     * @param body at most as many bytes as were asked for
     * @param cut whether there was more
     */
    public record Answer(int status, MultiMap headers, Buffer body, boolean cut) {}
}
