// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import io.reflexarc.api.resource.Authoring;
import io.reflexarc.api.resource.RulebookChecker;
import io.reflexarc.api.resource.VariablesReader;
import io.reflexarc.core.account.AccountStore;
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.activation.ActivationLog;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.activation.ActivationVersions;
import io.reflexarc.core.activation.Sessions;
import io.reflexarc.core.artifact.ArtifactStore;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.decision.EventTests;
import io.reflexarc.core.decision.Explanations;
import io.reflexarc.core.decision.Rehearsals;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.history.RecordedEvents;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.rulebook.DraftStore;
import io.reflexarc.core.rulebook.RulebookStore;
import io.reflexarc.core.telemetry.HealthCheck;
import io.reflexarc.core.telemetry.Meters;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the roles {@code api} and {@code live} are given.
 *
 * @param ports where everything is kept
 * @param settings how to serve it
 * @param meters what is measured
 * @param clock what time it is
 * @param random makes keys, tokens and secrets
 * @param tokenKey at least 32 random bytes; signs access tokens
 * @param actions which arguments an action takes
 * @param rulebookChecker says whether a rulebook can be run
 * @param authoring helps whoever writes a rulebook
 * @param variablesReader reads variables written as YAML
 * @param health dependencies without which the role is not ready
 * @param metrics the answer of {@code /metrics}
 */
public record ApiContext(
        Ports ports,
        Settings settings,
        Meters meters,
        InstantSource clock,
        SecureRandom random,
        byte[] tokenKey,
        ActionCatalogue actions,
        RulebookChecker rulebookChecker,
        Authoring authoring,
        VariablesReader variablesReader,
        List<HealthCheck> health,
        Supplier<String> metrics) {
    public ApiContext {
        tokenKey = tokenKey.clone();
        health = List.copyOf(health);
    }

    /** A copy of the key. */
    @Override
    public byte[] tokenKey() {
        return tokenKey.clone();
    }

    /** The ports of {@code core} that are used here. */
    public record Ports(
            EventStreamStore streams,
            RulebookStore rulebooks,
            DraftStore drafts,
            ActivationStore activations,
            ActivationVersions versions,
            AuditLog audit,
            ActionQueue queue,
            AccountStore accounts,
            ArtifactStore artifacts,
            EventLog log,
            RecordedEvents recorded,
            Explanations explanations,
            Rehearsals rehearsals,
            EventTests eventTests,
            Sessions sessions,
            ActivationLog activationLog,
            LiveFeed feed) {}

    /**
     * How to serve.
     *
     * @param host address to listen on, usually {@code 127.0.0.1}
     * @param port 0 for a free one
     * @param live whether {@code /ws} is served on this port
     * @param eventStreamUrl before {@code /event-streams/…} in the URLs that senders use
     * @param version of the product
     * @param ui root of the user interface on the class path, e.g. {@code ui}; empty serves none
     * @param basePath where a proxy mounts us, {@code /} when there is none
     * @param allowedOrigins origins beside our own whose pages may open the WebSocket
     * @param strict whether answers are validated against the OpenAPI document, as tests do
     * @param passwordRounds rounds of the password hash; empty for the advised number
     */
    public record Settings(
            String host,
            int port,
            boolean live,
            String eventStreamUrl,
            String version,
            Optional<String> ui,
            String basePath,
            List<String> allowedOrigins,
            boolean strict,
            Optional<Integer> passwordRounds) {
        public Settings {
            allowedOrigins = List.copyOf(allowedOrigins);
        }

        /** On loopback, with the WebSocket and the user interface at {@code /}. */
        public static Settings local(int port, String eventStreamUrl, String version) {
            return new Settings(
                    "127.0.0.1",
                    port,
                    true,
                    eventStreamUrl,
                    version,
                    Optional.of("ui"),
                    "/",
                    List.of(),
                    false,
                    Optional.empty());
        }
    }
}
