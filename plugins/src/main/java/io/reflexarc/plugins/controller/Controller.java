// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.plugins.outbound.NameResolver;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.reflexarc.plugins.outbound.OutboundPolicy;
import io.reflexarc.plugins.outbound.ServerTrust;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.io.IOException;

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
        HttpClientOptions options = new HttpClientOptions();
        return options.setVerifyHost(ServerTrust.apply(options, sslVerify));
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
