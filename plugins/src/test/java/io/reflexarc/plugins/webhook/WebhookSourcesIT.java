// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceCatalogue;
import io.reflexarc.core.source.SourceTime;
import io.reflexarc.plugins.SourceStage;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookSourcesIT {
    private static final SourceCatalogue SOURCES = new SourceCatalogue(List.of(WebhookSource.class), PluginPath.NONE);

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;
    private Optional<SourceStage.Playing> playing = Optional.empty();

    @AfterEach
    void close() throws Exception {
        stop();
        vertx.close().await();
    }

    private void stop() throws Exception {
        if (playing.isPresent()) {
            assertThat(playing.get().stop()).containsInstanceOf(InterruptedException.class);
        }
        playing = Optional.empty();
    }

    private static Source source(String name, String arguments) {
        return SOURCES.decode(name, JsonText.ofString(arguments.replace('\'', '"')));
    }

    /** Starts a source on a free port and waits until it listens. */
    private SourceStage play(String name, String arguments) throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        SourceStage stage = new SourceStage(
                SourceTime.of(InstantSource.system()), directory, Resources.NONE.with(Vertx.class, vertx));
        playing = Optional.of(stage.play(source(name, "{'host':'127.0.0.1','port':'" + port + "'" + arguments + "}")));
        stage.awaitQuiet();
        return stage;
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private int status(String method, String path, String body, String... headers) throws Exception {
        return send(method, path, body, headers).statusCode();
    }

    @Test
    void aJsonBodyBecomesAnEventWhateverItsPath() throws Exception {
        SourceStage stage = play("ansible.eda.webhook", "");
        HttpResponse<String> answer =
                send("POST", "/a/b%20c?q=1", "{\"x\":1,\"x\":2}", "X-Kind", "odd", "authorization", "Basic abc");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("a/b c");
        JsonNode event = stage.next();
        assertThat(event.path("payload").toString()).isEqualTo("{\"x\":2}");
        assertThat(event.at("/meta/endpoint").textValue()).isEqualTo("a/b c");
        assertThat(event.at("/meta/headers/X-Kind").textValue()).isEqualTo("odd");
        assertThat(event.path("meta").toString()).doesNotContain("Basic abc");
        assertThat(status("POST", "/", "[1, 2]")).isEqualTo(200);
        assertThat(stage.next().path("payload").toString()).isEqualTo("[1,2]");
        assertThat(status("POST", "/", "5", "Content-Type", "text/html")).isEqualTo(200);
    }

    @Test
    void whatIsNoEventIsRefused() throws Exception {
        SourceStage stage = play("eda.builtin.webhook", "");
        assertThat(status("POST", "/x", "")).isEqualTo(400);
        assertThat(status("POST", "/x", "{\"a\": 1} trailing")).isEqualTo(400);
        assertThat(status("GET", "/x", "")).isEqualTo(405);
        assertThat(status("PUT", "/x", "{}")).isEqualTo(405);
        assertThat(status("POST", "/x", "\"" + "x".repeat(1024 * 1024) + "\"")).isEqualTo(413);
        assertThat(status("POST", "/x", "\"" + "x".repeat(1024 * 1024 - 10) + "\""))
                .isEqualTo(200);
        assertThat(stage.events()).hasSize(1);
    }

    @Test
    void aTokenIsAskedForFirst() throws Exception {
        play("eda.builtin.webhook", ",'token':'secret'");
        assertThat(send("POST", "/", "{}").body()).isEqualTo("401: Missing authorization token");
        assertThat(status("GET", "/", "")).isEqualTo(401);
        assertThat(status("POST", "/", "{}", "Authorization", "Bearer other")).isEqualTo(401);
        assertThat(status("POST", "/", "{}", "Authorization", "Bearer")).isEqualTo(401);
        assertThat(send("POST", "/", "{}", "Authorization", "Token secret").body())
                .isEqualTo("Only Bearer type is accepted");
        assertThat(status("POST", "/", "{}", "Authorization", "Bearer secret")).isEqualTo(200);
    }

    @Test
    void aSignatureProvesTheBody() throws Exception {
        play("eda.builtin.webhook", ",'hmac_secret':'key','hmac_algo':'sha512','hmac_header':'X-Sign'");
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec("key".getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
        String signature = HexFormat.of().formatHex(mac.doFinal("{\"é\":1}".getBytes(StandardCharsets.UTF_8)));
        assertThat(status("POST", "/", "{\"é\":1}")).isEqualTo(400);
        assertThat(status("POST", "/", "{\"é\":2}", "X-Sign", signature)).isEqualTo(401);
        assertThat(status("POST", "/", "{\"é\":1}", "X-Sign", signature)).isEqualTo(200);
        assertThat(status("POST", "/", "{\"é\":1}", "x-sign", " sha512=" + signature))
                .isEqualTo(200);
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> source("eda.builtin.webhook", "{}")).hasMessageContaining("port is missing");
        assertThatThrownBy(() -> source("eda.builtin.webhook", "{'port':1,'hmac_secret':'x','hmac_algo':'nope'}"))
                .hasMessageContaining("there is no hmac_algo nope");
        assertThatThrownBy(() -> source("eda.builtin.webhook", "{'port':1,'hmac_secret':'x','hmac_format':'x'}"))
                .hasMessageContaining("hex or base64");
        assertThat(source("eda.builtin.webhook", "{'port':1,'token':'geheim','hmac_secret':'geheim'}")
                        .toString())
                .doesNotContain("geheim");
    }

    @Test
    void aPortInUseSaysSo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            SourceStage stage = new SourceStage(
                    SourceTime.of(InstantSource.system()), directory, Resources.NONE.with(Vertx.class, vertx));
            Source source =
                    source("ansible.eda.alertmanager", "{'host':'0.0.0.0','port':" + taken.getLocalPort() + "}");
            assertThat(stage.play(source).end().get())
                    .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("cannot listen on 0.0.0.0:"));
        }
    }

    @Test
    void twoSourcesOfAProcessDoNotShareAPort() throws Exception {
        play("eda.builtin.webhook", "");
        Source second = source("eda.builtin.webhook", "{'host':'127.0.0.1','port':" + port + "}");
        assertThat(stage().play(second).end().get())
                .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("another source of this process"));
        stop();
        SourceStage stage = stage();
        playing = Optional.of(stage.play(second));
        stage.awaitQuiet();
        assertThat(status("POST", "/", "{}")).isEqualTo(200);
    }

    private SourceStage stage() {
        return new SourceStage(
                SourceTime.of(InstantSource.system()), directory, Resources.NONE.with(Vertx.class, vertx));
    }

    @Test
    void clientsMustHaveACertificateWhereAnAuthorityIsGiven() throws Exception {
        openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes-256-cbc -pass pass:word -out key.pem");
        openssl("req -x509 -key key.pem -passin pass:word -out cert.pem -days 2 -subj /CN=127.0.0.1"
                + " -addext subjectAltName=IP:127.0.0.1");
        assertThat(Files.readString(directory.resolve("key.pem"))).contains("ENCRYPTED");
        play("eda.builtin.webhook", ",'certfile':'cert.pem','keyfile':'key.pem','password':'word'");
        assertThat(tlsStatus()).isEqualTo(200);
        stop();
        play("eda.builtin.webhook", ",'certfile':'cert.pem','keyfile':'key.pem','password':'word','cafile':'cert.pem'");
        assertThatThrownBy(this::tlsStatus).isInstanceOf(IOException.class);
    }

    private int tlsStatus() throws Exception {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new TrustAll()}, null);
        SSLParameters parameters = new SSLParameters();
        try (HttpClient secure = HttpClient.newBuilder()
                .sslContext(tls)
                .sslParameters(parameters)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/x"))
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            return secure.send(request, BodyHandlers.ofString()).statusCode();
        }
    }

    private void openssl(String words) throws Exception {
        List<String> command = List.of(("openssl " + words).split(" "));
        Process made = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
    }

    @Test
    void anAlertmanagerGivesTheWholeBodyAndEachAlert() throws Exception {
        SourceStage stage = play("ansible.eda.alertmanager", "");
        assertThat(send("GET", "/", "").body()).isEqualTo("up");
        HttpResponse<String> answer = send(
                "POST",
                "/alerts",
                "{\"alerts\":[{\"labels\":{\"instance\":\"web1:9100\"}},{\"labels\":{}},"
                        + "{\"labels\":{\"instance\":\"[::1]:9\"}}]}",
                "Authorization",
                "Bearer x");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("Received");
        JsonNode whole = stage.next();
        assertThat(whole.at("/payload/alerts")).hasSize(3);
        assertThat(whole.path("meta").has("hosts")).isFalse();
        assertThat(whole.path("meta").toString()).doesNotContain("Bearer");
        JsonNode first = stage.next();
        assertThat(first.at("/alert/labels/instance").textValue()).isEqualTo("web1:9100");
        assertThat(first.at("/meta/hosts").toString()).isEqualTo("[\"web1\"]");
        assertThat(first.at("/meta/endpoint").textValue()).isEqualTo("alerts");
        assertThat(stage.next().at("/meta/hosts").toString()).isEqualTo("[]");
        assertThat(stage.next().at("/meta/hosts").toString()).isEqualTo("[\"::1\"]");
        assertThat(status("POST", "/", "{}")).isEqualTo(405);
        assertThat(status("POST", "/a/b", "{}")).isEqualTo(404);
        assertThat(status("GET", "/a", "")).isEqualTo(405);
        assertThat(status("POST", "/a", "no")).isEqualTo(400);
    }

    @Test
    void alertsMayStandElsewhere() throws Exception {
        SourceStage stage = play(
                "ansible.eda.alertmanager",
                ",'data_alerts_path':'in/list','data_host_path':'node','data_path_separator':'/',"
                        + "'skip_original_data':true");
        assertThat(status("POST", "/x", "{\"in\":{\"list\":{\"node\":\"n1\"}}}"))
                .isEqualTo(202);
        assertThat(stage.next().at("/meta/hosts").toString()).isEqualTo("[\"n1\"]");
        assertThat(status("POST", "/x", "{\"other\":1}")).isEqualTo(202);
        assertThat(stage.events()).hasSize(1);
        stop();
        SourceStage whole = play(
                "ansible.eda.alertmanager", ",'data_alerts_path':'','data_host_path':'','skip_original_data':true");
        assertThat(status("POST", "/x", "[{\"a\":1}]")).isEqualTo(202);
        assertThat(whole.next().path("alert").toString()).isEqualTo("[{\"a\":1}]");
    }

    /** For a certificate that signs itself. */
    private static final class TrustAll extends javax.net.ssl.X509ExtendedTrustManager implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
