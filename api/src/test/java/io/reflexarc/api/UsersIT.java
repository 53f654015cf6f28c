// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.api.TestSite.Answer;
import io.reflexarc.core.account.Role;
import io.reflexarc.core.json.JsonText;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users over REST. */
class UsersIT {
    private static final String USERS = "/api/eda/v1/users/";
    private static final String FIRST = "a first long password";
    private static final String SECOND = "a second long one";

    private final TestSite site = new TestSite();

    @AfterEach
    void close() {
        site.close();
    }

    private Answer create(String name) {
        return site.post(USERS, Role.ADMIN, json(Map.of("username", name, "role", "operator", "password", FIRST)));
    }

    private static String json(Map<String, String> fields) {
        return JsonText.of(fields).toString();
    }

    private int login(String name, String password) {
        return site.send(site.anonymous("/api/auth/login")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json(Map.of("username", name, "password", password)))))
                .status();
    }

    @Test
    void aNewUserLogsInWithTheRoleGiven() {
        Answer created = create("nora");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("role").asText()).isEqualTo("operator");
        assertThat(created.text()).doesNotContain(FIRST).doesNotContain("pbkdf2");
        assertThat(login("nora", FIRST)).isEqualTo(200);
        assertThat(site.get(USERS, Role.AUDITOR).text()).contains("nora");
    }

    @Test
    void anotherPasswordTakesThePlaceOfTheOldOne() {
        String user = USERS + create("nora").json().path("id").asLong() + "/";

        site.patch(user, Role.ADMIN, json(Map.of("password", SECOND, "role", "viewer")));

        assertThat(login("nora", FIRST)).isEqualTo(401);
        assertThat(login("nora", SECOND)).isEqualTo(200);
        assertThat(site.get(user, Role.ADMIN).json().path("role").asText()).isEqualTo("viewer");
    }

    @Test
    void whoeverIsLoggedInSeesAndChangesThemselves() {
        assertThat(site.get(USERS + "me/", Role.VIEWER).json().path("username").asText())
                .isEqualTo("viewer");
        assertThat(changeOwn("wrong").status()).isEqualTo(422);
        assertThat(changeOwn(TestSite.PASSWORD).status()).isEqualTo(204);
        assertThat(login("viewer", SECOND)).isEqualTo(200);
    }

    private Answer changeOwn(String current) {
        return site.patch(USERS + "me/", Role.VIEWER, json(Map.of("current_password", current, "password", SECOND)));
    }

    @Test
    void aShortPasswordIsRefused() {
        assertThat(site.post(USERS, Role.ADMIN, json(Map.of("username", "x", "role", "viewer", "password", "short")))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aDeletedUserIsGone() {
        String user = USERS + create("nora").json().path("id").asLong() + "/";

        assertThat(site.delete(user, Role.ADMIN).status()).isEqualTo(204);

        assertThat(login("nora", FIRST)).isEqualTo(401);
    }
}
