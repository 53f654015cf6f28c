// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.api.TestSite.Answer;
import io.reflexarc.api.auth.Tokens;
import io.reflexarc.api.endpoint.Access;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.QueryParameter;
import io.reflexarc.api.live.TapBoard;
import io.reflexarc.core.account.Role;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every route with every role, read from the endpoints themselves: an endpoint that is added is tested. */
class PermissionsIT {
    private final TestSite site = new TestSite();
    private final List<Endpoint<?, ?>> endpoints = new ArrayList<>();

    @BeforeEach
    void read() {
        ApiContext context = site.ports.context();
        Tokens tokens = new Tokens(site.vertx, context.tokenKey(), context.clock(), context.random());
        endpoints.addAll(Endpoints.of(site.vertx, context, tokens, id -> Optional.empty(), new TapBoard(Instant.EPOCH))
                .all());
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void everyRouteIsClosedToWhoHasNoToken() {
        for (Endpoint<?, ?> endpoint : endpoints) {
            int status =
                    site.send(asked(endpoint, site.anonymous(path(endpoint)))).status();

            boolean open = endpoint.access() instanceof Access.Open;
            assertThat(status == 401 && !endpoint.tag().equals("auth"))
                    .as("%s %s: %s", endpoint.method(), endpoint.path(), status)
                    .isEqualTo(!open);
        }
    }

    @Test
    void everyRouteIsOpenToExactlyTheRolesOfItsPermission() {
        for (Endpoint<?, ?> endpoint : endpoints) {
            for (Role role : Role.values()) {
                Answer answer = site.send(asked(endpoint, site.request(path(endpoint), role)));

                boolean allowed =
                        !(endpoint.access() instanceof Access.Needs(var permission)) || permission.allows(role);
                assertThat(answer.status() == 403)
                        .as("%s %s as %s: %s", endpoint.method(), endpoint.path(), role, answer.text())
                        .isEqualTo(!allowed);
                assertThat(answer.status()).as(answer.text()).isLessThan(500);
            }
        }
    }

    @Test
    void whateverIsNotReadNeedsMoreThanReading() {
        assertThat(endpoints)
                .filteredOn(Endpoint::mutates)
                .extracting(Endpoint::operationId)
                .contains("post_activations", "delete_rulebooks_id", "post_tasks_id_retry")
                .doesNotContain("post_rulebooks_validate", "post_live_ticket");
    }

    @Test
    void anotherSpellingOfAPathOpensNothing() {
        for (String path : List.of(
                "//api/eda/v1/changes/",
                "/api/eda/v1/./changes/",
                "/api/eda/v1/x/../changes/",
                "/api/eda/v1/changes;x/",
                "/api/eda/v1/changes%2f")) {
            assertThat(site.send(site.request(path, Role.VIEWER)).status())
                    .as(path)
                    .isIn(400, 403, 404);
            assertThat(site.send(site.anonymous(path)).status()).as(path).isIn(400, 401, 404);
        }
    }

    @Test
    void whatOnlyLooksLikeTheApiIsAPage() {
        assertThat(site.send(site.request("/API/eda/v1/changes/", Role.ADMIN)).text())
                .contains("shell");
        assertThat(site.send(site.request("/api%2feda/v1/changes/", Role.ADMIN)).text())
                .contains("shell");
    }

    private static String path(Endpoint<?, ?> endpoint) {
        String path = endpoint.url();
        for (QueryParameter parameter : endpoint.pathParameters()) {
            String value = parameter.type() == UUID.class ? new UUID(1, 2).toString() : "4711";
            path = path.replace("{" + parameter.name() + "}", value);
        }
        return path;
    }

    private static HttpRequest.Builder asked(Endpoint<?, ?> endpoint, HttpRequest.Builder request) {
        return request.header("Content-Type", "application/json")
                .method(endpoint.method().name(), HttpRequest.BodyPublishers.ofString(body(endpoint)));
    }

    private static String body(Endpoint<?, ?> endpoint) {
        return endpoint.method().name().equals("GET") ? "" : "{}";
    }
}
