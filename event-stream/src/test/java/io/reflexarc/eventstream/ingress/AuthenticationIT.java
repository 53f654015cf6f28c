// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import static io.reflexarc.eventstream.ingress.IngressRig.assertProblem;
import static io.reflexarc.eventstream.ingress.IngressRig.await;
import static io.reflexarc.eventstream.ingress.IngressRig.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.event.StreamCredential;
import io.reflexarc.core.event.StreamType;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.eventstream.redis.LogBounds;
import io.reflexarc.eventstream.redis.RedisEventLog;
import io.reflexarc.eventstream.redis.RedisLogs;
import io.reflexarc.testkit.RedisServer;
import io.vertx.core.Vertx;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may send: every kind of credential, right and in all the ways in which it can be wrong. */
class AuthenticationIT {
    private static final String SECRET = "It's a Secret to Everybody";
    private static final String BODY = "Hello, World!";
    /** From GitHub's documentation, for the secret and body above. */
    private static final String DOCUMENTED = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private static final String PUSH = "{\"ref\":\"refs/heads/main\",\"commits\":[]}";

    private final Vertx vertx = Vertx.vertx();
    private RedisEventLog log;
    private IngressRig rig;
    private EventStream github;
    private InboxId inbox;

    @BeforeEach
    void start() {
        log = RedisLogs.open(vertx, RedisServer.shared(), LogBounds.DEFAULT);
        rig = new IngressRig(vertx, log, IngressRig.config());
        github = rig.streams.add("github", StreamType.GITHUB, StreamCredential.Hmac.github(new Secret(SECRET)));
        inbox = rig.bind(1, github);
    }

    @AfterEach
    void stop() {
        rig.close();
        await(log.close());
        await(vertx.close());
    }

    @Test
    void takesABodyThatItsSenderSigned() throws GeneralSecurityException {
        HttpResponse<String> response = push(PUSH, "sha256=" + hex(hmac("HmacSHA256", PUSH)), "d-1");

        assertThat(ids(response)).hasSize(1);
        assertThat(rig.events(inbox)).singleElement().satisfies(event -> {
            assertThat(event.path("payload").toString()).isEqualTo(PUSH);
            assertThat(event.path("meta").path("headers").path("X-GitHub-Event").asText())
                    .isEqualTo("push");
            assertThat(event.path("meta").path("headers").has("X-Hub-Signature-256"))
                    .isFalse();
        });
    }

    @Test
    void acceptsTheSignatureOfTheDocumentationAndThenFindsNoJson() {
        assertProblem(push(BODY, DOCUMENTED, "d"), 400, "bad-request");
        assertProblem(push(BODY + " ", DOCUMENTED, "d"), 401, "unauthenticated");
    }

    @Test
    void refusesEveryOtherSignature() throws GeneralSecurityException {
        String right = "sha256=" + hex(hmac("HmacSHA256", PUSH));
        List<String> wrong = List.of(
                right.substring(0, right.length() - 2),
                right + "00",
                right.replace("sha256=", "sha1="),
                right.replace("sha256=", ""),
                "sha256=" + hex(hmac("HmacSHA1", PUSH)),
                "sha256=" + hex(hmac("HmacSHA512", PUSH)),
                "sha256=" + Base64.getEncoder().encodeToString(hmac("HmacSHA256", PUSH)),
                "sha256=",
                "sha256=zz",
                "sha256=" + "0".repeat(64),
                right + "," + right,
                "x".repeat(2_000));

        for (String signature : wrong) {
            assertProblem(push(PUSH, signature, "d"), 401, "unauthenticated");
        }
        assertProblem(push(PUSH.replace("main", "evil"), right, "d"), 401, "unauthenticated");
        HttpResponse<String> missing = rig.post(github, PUSH, "X-GitHub-Delivery", "d");
        assertProblem(missing, 401, "unauthenticated");
        assertThat(missing.headers().firstValue("www-authenticate")).isPresent();
        HttpResponse<String> twice = rig.post(github, PUSH, "X-Hub-Signature-256", right, "X-Hub-Signature-256", right);
        assertProblem(twice, 401, "unauthenticated");
        assertThat(rig.events(inbox)).isEmpty();
    }

    @Test
    void knowsARedelivery() throws GeneralSecurityException {
        String signature = "sha256=" + hex(hmac("HmacSHA256", PUSH));

        assertThat(ids(push(PUSH, signature, "d-1"))).isEqualTo(ids(push(PUSH, signature, "d-1")));
        assertThat(ids(push(PUSH, signature, "d-2"))).doesNotContainAnyElementsOf(ids(push(PUSH, signature, "d-1")));
        assertThat(rig.events(inbox)).hasSize(2);
    }

    @Test
    void takesTheJsonOfAFormFromGithub() throws GeneralSecurityException {
        String form = "payload=" + URLEncoder.encode(PUSH, StandardCharsets.UTF_8);

        HttpResponse<String> response = rig.post(
                github,
                form,
                "X-Hub-Signature-256",
                "sha256=" + hex(hmac("HmacSHA256", form)),
                "Content-Type",
                "application/x-www-form-urlencoded; charset=utf-8");

        ids(response);
        assertThat(rig.events(inbox))
                .singleElement()
                .satisfies(event -> assertThat(event.path("payload").toString()).isEqualTo(PUSH));
    }

    @Test
    void signsInBase64WithAnotherAlgorithmAndHeaderToo() throws GeneralSecurityException {
        EventStream stream = rig.streams.add(
                "own",
                StreamType.GENERIC,
                new StreamCredential.Hmac(new Secret(SECRET), "sha512", "X-Signature", "base64", ""));

        ids(rig.post(stream, "{}", "X-Signature", Base64.getEncoder().encodeToString(hmac("HmacSHA512", "{}"))));
        assertProblem(rig.post(stream, "{}", "X-Signature", "%%%"), 401, "unauthenticated");
    }

    @Test
    void takesABearerTokenOrATokenInItsOwnHeader() {
        EventStream bearer = token("Authorization");
        EventStream header = token("X-Gitlab-Token");

        ids(rig.post(bearer, "{}", "Authorization", "Bearer t0ken"));
        ids(rig.post(bearer, "{}", "authorization", "bearer t0ken"));
        ids(rig.post(header, "{}", "X-Gitlab-Token", "t0ken"));
        for (String wrong : List.of("Bearer t0keN", "Bearer", "Bearer ", "Basic t0ken", "Bearer t0ken t0ken", "t")) {
            HttpResponse<String> refused = rig.post(bearer, "{}", "Authorization", wrong);
            assertProblem(refused, 401, "unauthenticated");
            assertThat(refused.headers().firstValue("www-authenticate").map(value -> value.split(" ", 2)[0]))
                    .isEqualTo(Optional.of("Bearer"));
        }
        assertProblem(rig.post(bearer, "{}"), 401, "unauthenticated");
        assertProblem(rig.post(header, "{}", "Authorization", "Bearer t0ken"), 401, "unauthenticated");
    }

    @Test
    void takesUserAndPassword() {
        EventStream basic =
                rig.streams.add("basic", StreamType.GENERIC, new StreamCredential.Basic("prom", new Secret("pä:ss")));

        ids(rig.post(basic, "{}", "Authorization", basic("prom:pä:ss")));
        for (String wrong : List.of(basic("prom:x"), basic("prom"), basic(""), "Basic", "Basic %%%", "Bearer x")) {
            HttpResponse<String> refused = rig.post(basic, "{}", "Authorization", wrong);
            assertProblem(refused, 401, "unauthenticated");
            assertThat(refused.headers().firstValue("www-authenticate").orElse(""))
                    .startsWith("Basic ");
        }
    }

    @Test
    void saysNothingOfASecretInAnyAnswer() {
        EventStream bearer = token("Authorization");

        assertThat(rig.post(bearer, "{}", "Authorization", "Bearer wrong").body())
                .doesNotContain("t0ken")
                .contains("Authorization");
        assertThat(rig.updates.toString()).doesNotContain("t0ken");
    }

    private EventStream token(String header) {
        return rig.streams.add(
                "token-" + header, StreamType.GENERIC, new StreamCredential.Token(new Secret("t0ken"), header));
    }

    private HttpResponse<String> push(String body, String signature, String delivery) {
        return rig.post(
                github,
                body,
                "X-Hub-Signature-256",
                signature,
                "X-GitHub-Delivery",
                delivery,
                "X-GitHub-Event",
                "push");
    }

    private static byte[] hmac(String algorithm, String body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), algorithm));
        return mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
