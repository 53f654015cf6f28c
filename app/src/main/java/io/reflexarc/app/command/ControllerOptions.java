// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.plugins.controller.ControllerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The automation controller that runs job templates. */
final class ControllerOptions {
    @Option(
            names = "--controller-url",
            paramLabel = "URL",
            defaultValue = "${env:EDA_CONTROLLER_URL:-}",
            description =
                    "base of its API, e.g. https://host:8080; with a path, that of the API (env EDA_CONTROLLER_URL)")
    String url = "";

    @Option(
            names = "--controller-token",
            paramLabel = "TOKEN",
            defaultValue = "${env:EDA_CONTROLLER_TOKEN:-}",
            description = "OAuth token (env EDA_CONTROLLER_TOKEN)")
    String token = "";

    @Option(
            names = "--controller-username",
            paramLabel = "NAME",
            defaultValue = "${env:EDA_CONTROLLER_USERNAME:-}",
            description = "user, instead of a token (env EDA_CONTROLLER_USERNAME)")
    String username = "";

    @Option(
            names = "--controller-password",
            paramLabel = "PASSWORD",
            defaultValue = "${env:EDA_CONTROLLER_PASSWORD:-}",
            description = "the user's password (env EDA_CONTROLLER_PASSWORD)")
    String password = "";

    @Option(
            names = "--controller-ssl-verify",
            paramLabel = "HOW",
            defaultValue = "${env:EDA_CONTROLLER_SSL_VERIFY:-yes}",
            description = "yes, no, or a file with certificates (env EDA_CONTROLLER_SSL_VERIFY; default: yes)")
    String sslVerify = "";

    @Option(
            names = "--controller-retry-max-timeout",
            paramLabel = "SECONDS",
            defaultValue = "${env:EDA_CONTROLLER_RETRY_MAX_TIMEOUT:-60}",
            description = "longest wait between calls that failed for the moment"
                    + " (env EDA_CONTROLLER_RETRY_MAX_TIMEOUT; default: 60)")
    double retryMaxTimeout;

    @Option(
            names = "--controller-retry-attempts",
            paramLabel = "N",
            defaultValue = "${env:EDA_CONTROLLER_RETRY_ATTEMPTS:-5}",
            description = "how often such a call is made again (env EDA_CONTROLLER_RETRY_ATTEMPTS; default: 5)")
    int retryAttempts;

    /** These, unless a workload names another controller. */
    ControllerOptions or(JsonNode told) {
        if (told.path("url").asText("").isBlank()) {
            return this;
        }
        ControllerOptions other = new ControllerOptions();
        other.url = told.path("url").asText();
        other.token = told.path("token").asText("");
        other.username = told.path("username").asText("");
        other.password = told.path("password").asText("");
        other.sslVerify = told.path("ssl_verify").asText(sslVerify);
        other.retryMaxTimeout = retryMaxTimeout;
        other.retryAttempts = retryAttempts;
        return other;
    }

    /** As the controller's client wants it, asking for so many jobs in one call. */
    ControllerConfig config(int jobs, Map<String, String> environment) {
        ControllerConfig usual = ControllerConfig.NONE;
        return new ControllerConfig(
                given(url),
                given(token).map(Secret::new),
                given(username),
                given(password).map(Secret::new),
                sslVerify,
                labels(usual, environment),
                given(environment.getOrDefault("EDA_JOB_TEMPLATE_REFRESH_DELAY", ""))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds.strip())))
                        .orElse(usual.refresh()),
                Math.max(1, retryAttempts),
                usual.retryFirst(),
                Duration.ofMillis(Math.round(retryMaxTimeout * 1000)),
                Math.max(1, jobs));
    }

    /** A JSON list in the environment. */
    private static List<String> labels(ControllerConfig usual, Map<String, String> environment) {
        List<String> labels = new ArrayList<>();
        given(environment.getOrDefault("EDA_LABELS", ""))
                .ifPresent(list -> JsonText.ofString(list).tree().forEach(label -> labels.add(label.asText())));
        return labels.isEmpty() ? usual.labels() : labels;
    }

    static Optional<String> given(String option) {
        return option.isBlank() ? Optional.empty() : Optional.of(option);
    }
}
