// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import io.reflexarc.core.event.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How this process reaches its automation controller.
 *
 * @param url of the controller; one with a path is a gateway, below whose path the API's version follows at once
 * @param token of a user of the controller; wins over name and password
 * @param username together with the password
 * @param password together with the name
 * @param sslVerify {@code yes}, {@code no}, or a file of certificate authorities
 * @param labels put on every job whose template asks for labels
 * @param refresh how often running jobs are asked for
 * @param retryAttempts calls of one request, at least 1
 * @param retryFirst pause after the first failed call; each further one is twice as long
 * @param retryLongest longest pause
 * @param batch jobs asked for in one call
 */
public record ControllerConfig(
        Optional<String> url,
        Optional<Secret> token,
        Optional<String> username,
        Optional<Secret> password,
        String sslVerify,
        List<String> labels,
        Duration refresh,
        int retryAttempts,
        Duration retryFirst,
        Duration retryLongest,
        int batch) {
    /** No controller; a job then fails and says so. Also the defaults of everything else. */
    public static final ControllerConfig NONE = new ControllerConfig(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "yes",
            List.of("Activated by Event-Driven Ansible"),
            Duration.ofSeconds(10),
            5,
            Duration.ofSeconds(2),
            Duration.ofMinutes(1),
            25);

    public ControllerConfig {
        labels = List.copyOf(labels);
        url = url.map(String::strip).filter(given -> !given.isEmpty());
    }

    /** A controller at this URL with the defaults of everything else. */
    public static ControllerConfig at(String url) {
        return NONE.with(Optional.of(url), Optional.empty(), Optional.empty(), Optional.empty(), NONE.sslVerify());
    }

    /** The same with this connection. */
    public ControllerConfig with(
            Optional<String> where,
            Optional<Secret> withToken,
            Optional<String> user,
            Optional<Secret> withPassword,
            String verify) {
        return new ControllerConfig(
                where,
                withToken,
                user,
                withPassword,
                verify,
                labels,
                refresh,
                retryAttempts,
                retryFirst,
                retryLongest,
                batch);
    }

    /** The same with these times: pause between questions after jobs, first and longest pause before a repeated call. */
    public ControllerConfig with(Duration every, Duration first, Duration longest) {
        return new ControllerConfig(
                url, token, username, password, sslVerify, labels, every, retryAttempts, first, longest, batch);
    }

    /** The same with a bearer token. */
    public ControllerConfig withToken(Secret bearer) {
        return with(url, Optional.of(bearer), username, password, sslVerify);
    }
}
