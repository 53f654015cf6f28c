// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.web;

import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/**
 * What every answer says to a browser; the page of the user interface brings a policy of its own. A path that is not encoded
 * as it should be goes no further.
 */
public final class SecurityHeaders implements Handler<RoutingContext> {
    private static final Pattern BAD_ENCODING = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    @Override
    public void handle(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff")
                .set("Referrer-Policy", "same-origin")
                .set("X-Frame-Options", "DENY")
                .set("Cross-Origin-Opener-Policy", "same-origin")
                .set("Cross-Origin-Resource-Policy", "same-origin")
                .set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        if (context.request().isSSL()) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        String path = context.request().path();
        if (path == null || BAD_ENCODING.matcher(path).find()) {
            context.fail(ProblemType.BAD_REQUEST.status());
        } else {
            context.next();
        }
    }
}
