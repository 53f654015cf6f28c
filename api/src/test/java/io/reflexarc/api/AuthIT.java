// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.api.TestSite.Answer;
import io.reflexarc.core.account.Role;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthIT {
    private final TestSite site = new TestSite();

    @AfterEach
    void close() {
        site.close();
    }

    private Answer post(String path, String body, String... headers) {
        HttpRequest.Builder request = site.anonymous(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return site.send(request);
    }

    private Answer login(String name, String password) {
        return post("/api/auth/login", "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}");
    }

    private Answer refresh(String token) {
        return post("/api/auth/refresh", "{\"refresh_token\":\"" + token + "\"}");
    }

    private int callWith(String token) {
        return site.send(site.anonymous("/api/eda/v1/users/me/").header("Authorization", "Bearer " + token))
                .status();
    }

    @Test
    void aGoodPasswordGivesTokensThatWork() {
        Answer answer = login("operator", TestSite.PASSWORD);

        assertThat(answer.status()).isEqualTo(200);
        JsonNode session = answer.json();
        assertThat(session.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(session.path("expires_in").asInt()).isEqualTo(900);
        assertThat(callWith(session.path("access_token").asText())).isEqualTo(200);
        assertThat(site.ports.accounts.storedTokens())
                .hasSize(1)
                .doesNotContain(session.path("refresh_token").asText());
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void anAccessTokenEndsAfterAQuarterOfAnHour() {
        String token =
                login("viewer", TestSite.PASSWORD).json().path("access_token").asText();

        site.ports.clock.pass(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(callWith(token)).isEqualTo(200);
        site.ports.clock.pass(Duration.ofSeconds(1));
        assertThat(callWith(token)).isEqualTo(401);
    }

    @Test
    void anAccessTokenIsVoidOnceThePasswordChanges() {
        String token =
                login("viewer", TestSite.PASSWORD).json().path("access_token").asText();
        site.ports.accounts.password(site.user(Role.VIEWER).id(), "pbkdf2$another");

        site.ports.clock.pass(Duration.ofSeconds(3));

        assertThat(callWith(token)).isEqualTo(401);
    }

    @Test
    void forgedTokensAreRefused() {
        String good = site.token(Role.ADMIN);
        String[] parts = good.split("\\.", -1);
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String none = encoder.encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.US_ASCII))
                + "." + parts[1] + ".";

        assertThat(callWith(none)).isEqualTo(401);
        assertThat(callWith(parts[0] + "." + parts[1] + "." + encoder.encodeToString(new byte[32])))
                .isEqualTo(401);
        assertThat(callWith(site.ticket(Role.ADMIN)))
                .as("a ticket is no access token")
                .isEqualTo(401);
        assertThat(callWith("nonsense")).isEqualTo(401);
        assertThat(callWith(good)).isEqualTo(200);
    }

    @Test
    void aRefreshTokenWorksOnceAndItsReuseEndsTheFamily() {
        String first =
                login("viewer", TestSite.PASSWORD).json().path("refresh_token").asText();
        Answer second = refresh(first);
        assertThat(second.status()).isEqualTo(200);
        String secondToken = second.json().path("refresh_token").asText();
        assertThat(secondToken).isNotEqualTo(first);

        assertThat(refresh(first).status()).as("used again").isEqualTo(401);
        assertThat(refresh(secondToken).status()).as("its child").isEqualTo(401);
    }

    @Test
    void logOutEndsTheFamily() {
        String token =
                login("viewer", TestSite.PASSWORD).json().path("refresh_token").asText();

        assertThat(post("/api/auth/logout", "{\"refresh_token\":\"" + token + "\"}")
                        .status())
                .isEqualTo(204);

        assertThat(refresh(token).status()).isEqualTo(401);
        assertThat(post("/api/auth/logout", "").status()).isEqualTo(204);
    }

    @Test
    void aBrowserGetsTheRefreshTokenAsACookieThatScriptsCannotRead() {
        Answer login = post(
                "/api/auth/login",
                "{\"username\":\"viewer\",\"password\":\"" + TestSite.PASSWORD + "\",\"cookie\":true}");
        String cookie = login.header("Set-Cookie");

        assertThat(login.json().path("refresh_token").isNull()).isTrue();
        assertThat(cookie).containsIgnoringCase("HttpOnly").contains("SameSite=Strict", "Path=/api/auth");
        String pair = cookie.substring(0, cookie.indexOf(';'));
        Answer foreign = post("/api/auth/refresh", "{}", "Cookie", pair, "Origin", "https://evil.example");
        assertThat(foreign.status()).isEqualTo(403);
        Answer own = post("/api/auth/refresh", "{}", "Cookie", pair, "Origin", "http://127.0.0.1:" + site.port());
        assertThat(own.status()).isEqualTo(200);
        assertThat(own.header("Set-Cookie")).isNotEqualTo(cookie);
        Answer out = post("/api/auth/logout", "{}", "Cookie", pair);
        assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
    }

    @Test
    void tooManyFailuresAreHeldBackForAMinuteAndOnlyForThatName() {
        for (int i = 0; i < 10; i++) {
            assertThat(login("viewer", "wrong").status()).isEqualTo(401);
        }

        Answer held = login("viewer", TestSite.PASSWORD);

        assertThat(held.status()).isEqualTo(429);
        assertThat(Integer.parseInt(held.header("Retry-After"))).isBetween(1, 61);
        assertThat(login("operator", TestSite.PASSWORD).status()).isEqualTo(200);
        site.ports.clock.pass(Duration.ofMinutes(1));
        assertThat(login("viewer", TestSite.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void anAddressThatTriesManyNamesIsHeldBackToo() {
        for (int i = 0; i < 30; i++) {
            assertThat(login("nobody" + i, "wrong").status()).isEqualTo(401);
        }

        assertThat(login("nobody30", "wrong").status()).isEqualTo(429);
    }

    @Test
    void goodLogInsAreNotCounted() {
        for (int i = 0; i < 35; i++) {
            assertThat(login("admin", TestSite.PASSWORD).status()).isEqualTo(200);
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownUserAreTheSameAnswer() {
        Answer wrong = login("viewer", "wrong");
        Answer unknown = login("nobody", "wrong");

        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.json()).isEqualTo(wrong.json());
    }
}
