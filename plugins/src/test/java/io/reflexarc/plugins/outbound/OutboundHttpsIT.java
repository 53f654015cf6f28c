// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The call goes to an address; the certificate must still be the name's. */
class OutboundHttpsIT {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    private static PfxOptions keys = new PfxOptions();

    private final Vertx vertx = Vertx.vertx();
    private int port;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException {
        Path file = directory.resolve("service.p12");
        String keytool = Path.of(ProcessHandle.current().info().command().orElseThrow())
                .resolveSibling("keytool")
                .toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "service",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=service.test",
                        "-ext",
                        "SAN=dns:service.test",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
        keys = new PfxOptions().setPath(file.toString()).setPassword(PASSWORD);
    }

    @BeforeEach
    void listen() {
        port = vertx.createHttpServer(
                        new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(keys))
                .requestHandler(request -> request.response()
                        .end(request.connection().indicatedServerName() + " " + request.getHeader("Host")))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void asksForTheNameWhileItConnectsToTheAddress() throws Exception {
        assertThat(call(new HttpClientOptions().setTrustOptions(keys), "service.test"))
                .isEqualTo("service.test service.test:" + port);
    }

    @Test
    void refusesTheCertificateOfAnotherName() {
        assertThatThrownBy(() -> call(new HttpClientOptions().setTrustOptions(keys), "other.test"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other.test");
    }

    @Test
    void refusesACertificateThatNobodyTrusts() {
        assertThatThrownBy(() -> call(new HttpClientOptions(), "service.test")).isInstanceOf(IOException.class);
    }

    private String call(HttpClientOptions options, String host) throws IOException, InterruptedException {
        NameResolver toUs = name -> List.of(InetAddress.getByName("127.0.0.1"));
        try (OutboundHttp http =
                new OutboundHttp(vertx, options, OutboundPolicy.PUBLIC_ONLY.allowingLoopback(), toUs)) {
            OutboundUrl url = OutboundUrl.parse("https://" + host + ":" + port + "/");
            return http.call(
                            HttpMethod.GET,
                            url,
                            MultiMap.caseInsensitiveMultiMap(),
                            Buffer.buffer(),
                            Duration.ofSeconds(20))
                    .body()
                    .toString();
        }
    }
}
