// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Serves the pages from the class path. A path without an extension is a page of the application and gets its shell, with a
 * fresh nonce and the place where we are mounted; a file is sent as it lies there, precompressed where a {@code .gz} lies
 * beside it.
 */
public final class UserInterface {
    private static final Pattern OTHERS = Pattern.compile("/(api|ws|health|metrics)(/.*)?");
    private static final Pattern SAFE_PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");
    private static final Pattern SAFE_HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");
    private static final int NONCE_BYTES = 16;
    private static final String IMMUTABLE = "public, max-age=31536000, immutable";
    private static final String SHORT = "public, max-age=300";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final String root;
    private final String basePath;
    private final SecureRandom random;
    private final Map<String, Optional<Buffer>> files = new ConcurrentHashMap<>();

    /**
     * Pages of one build.
     *
     * @param root folder on the class path
     * @param basePath where a proxy mounts us, ends in a slash
     * @param random makes nonces
     */
    public UserInterface(String root, String basePath, SecureRandom random) {
        this.root = root;
        this.basePath = basePath.endsWith("/") ? basePath : basePath + "/";
        this.random = random;
    }

    /** Adds a route for every path that no other part of the server owns. */
    public void mount(Router router) {
        router.get().handler(context -> {
            String path = context.normalizedPath();
            if (OTHERS.matcher(path).matches()) {
                context.next();
            } else if (path.substring(path.lastIndexOf('/')).contains(".")) {
                file(context, path);
            } else {
                shell(context);
            }
        });
    }

    private void file(RoutingContext context, String path) {
        Optional<Buffer> plain = SAFE_PATH.matcher(path).matches() ? read(path) : Optional.empty();
        if (plain.isEmpty() || path.endsWith(".gz") || path.equals("/index.html")) {
            context.next();
            return;
        }
        String extension = path.substring(path.lastIndexOf('.') + 1);
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPES.getOrDefault(extension, "application/octet-stream"))
                .putHeader(HttpHeaders.CACHE_CONTROL, path.startsWith("/assets/") ? IMMUTABLE : SHORT);
        Optional<Buffer> compressed = read(path + ".gz");
        if (compressed.isPresent()) {
            context.response().putHeader(HttpHeaders.VARY, "Accept-Encoding");
        }
        String accepted = Optional.ofNullable(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING))
                .orElse("");
        if (compressed.isPresent() && accepted.contains("gzip")) {
            context.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").end(compressed.get());
        } else {
            context.response().end(plain.get());
        }
    }

    private void shell(RoutingContext context) {
        Optional<Buffer> page = read("/index.html");
        if (page.isEmpty()) {
            context.next();
            return;
        }
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = Base64.getEncoder().encodeToString(bytes);
        String html = page.get()
                .toString(StandardCharsets.UTF_8)
                .replace("__CSP_NONCE__", nonce)
                .replace("<base href=\"/\"", "<base href=\"" + basePath + "\"");
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("Content-Security-Policy", policy(nonce, socket(context)))
                .end(html);
    }

    private static String policy(String nonce, String socket) {
        return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce
                + "'; img-src 'self' data:; font-src 'self'; connect-src 'self'" + socket
                + "; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    }

    /** Older browsers do not count the WebSocket of the same host as {@code 'self'}. */
    private static String socket(RoutingContext context) {
        String host = Optional.ofNullable(context.request().getHeader(HttpHeaders.HOST))
                .orElse("");
        return SAFE_HOST.matcher(host).matches() ? " ws://" + host + " wss://" + host : "";
    }

    private Optional<Buffer> read(String path) {
        Optional<Buffer> known = files.get(path);
        if (known == null) {
            known = load(path);
            // What is not there is not remembered: names are endless, files are not.
            if (known.isPresent()) {
                files.put(path, known);
            }
        }
        return known;
    }

    private Optional<Buffer> load(String path) {
        try (InputStream in = UserInterface.class.getClassLoader().getResourceAsStream(root + path)) {
            return in == null ? Optional.empty() : Optional.of(Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
