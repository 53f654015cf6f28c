// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.plugins.outbound.NameResolver;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.reflexarc.plugins.outbound.OutboundPolicy;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** The automation controller of a process. One per process, lent to actions; also when there is none. */
public final class Controller implements AutoCloseable {
    private final OutboundHttp http;
    private final ControllerConfig config;
    private final ControllerApi api;
    private final JobWatch watch;

    /** A controller that this policy lets us reach. */
    public Controller(Vertx vertx, ControllerConfig config, OutboundPolicy policy) {
        this.config = config;
        this.http = new OutboundHttp(vertx, options(config.sslVerify()), policy, NameResolver.system());
        this.api = new ControllerApi(vertx, http, config);
        this.watch = new JobWatch(vertx, api, config);
    }

    private static HttpClientOptions options(String sslVerify) {
        String verify = sslVerify.strip();
        String lower = verify.toLowerCase(Locale.ROOT);
        HttpClientOptions options = new HttpClientOptions();
        if (Set.of("no", "false").contains(lower)) {
            return options.setTrustAll(true).setVerifyHost(false);
        }
        return Set.of("yes", "true", "").contains(lower)
                ? options
                : options.setTrustOptions(new PemTrustOptions().addCertPath(verify));
    }

    /**
     * Asks the controller for its version: whether it is there and knows us. Blocks a virtual thread.
     *
     * @throws IOException when it does not answer as it should; the message says how
     */
    public String version() throws IOException, InterruptedException {
        return api.get("config/").path("version").asText("unknown");
    }

    /** Its API; refused when no controller is configured. */
    ControllerApi api(String forWhom) {
        if (config.url().isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    forWhom + " needs an automation controller: configure its url and token (controller.url,"
                            + " controller.token)");
        }
        return api;
    }

    JobWatch watch() {
        return watch;
    }

    ControllerConfig config() {
        return config;
    }

    @Override
    public void close() {
        http.close();
    }
}
