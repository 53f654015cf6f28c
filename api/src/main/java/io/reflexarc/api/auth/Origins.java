// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.auth;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;

/** Where the page that makes a request came from. */
public final class Origins {
    private Origins() {}

    /** Whether an {@code Origin} header names the host that the request was sent to. */
    public static boolean same(String origin, HttpServerRequest request) {
        try {
            URI page = new URI(origin);
            if (request.authority() == null || page.getHost() == null) {
                return false;
            }
            int given = page.getPort();
            int port = given == -1 ? standard(page.getScheme()) : given;
            int asked = request.authority().port();
            // Behind a proxy that ends TLS the Host header has no port and the scheme is the proxy's.
            boolean samePort = asked == port || (asked <= 0 && given == -1);
            return page.getHost().equalsIgnoreCase(request.authority().host()) && samePort;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static int standard(String scheme) {
        return "https".equalsIgnoreCase(scheme) ? 443 : 80;
    }
}
