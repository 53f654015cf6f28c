// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What of a request goes into an event. */
final class Requests {
    private static final Set<String> NEVER_KEPT = Set.of("authorization", "cookie", "proxy-authorization");

    private Requests() {}

    /** The path without its first slash, decoded. */
    static String endpoint(HttpServerRequest request) {
        try {
            String path = URI.create(String.valueOf(request.path())).getPath();
            return path.startsWith("/") ? path.substring(1) : path;
        } catch (IllegalArgumentException e) {
            return String.valueOf(request.path()).replaceFirst("^/", "");
        }
    }

    /** {@code {endpoint, headers}}, with the headers' names as they came, but none that proves who sent it. */
    static ObjectNode meta(HttpServerRequest request, String endpoint) {
        ObjectNode meta = Json.mapper().createObjectNode().put("endpoint", endpoint);
        ObjectNode headers = meta.putObject("headers");
        for (Map.Entry<String, String> header : request.headers()) {
            if (!NEVER_KEPT.contains(header.getKey().toLowerCase(Locale.ROOT)) && !headers.has(header.getKey())) {
                headers.put(header.getKey(), header.getValue());
            }
        }
        return meta;
    }
}
