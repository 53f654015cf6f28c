// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.Resources;
import io.reflexarc.core.source.VirtualTime;
import io.reflexarc.plugins.SourceStage;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.reflexarc.plugins.outbound.OutboundPolicy;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UrlCheckIT {
    private final Vertx vertx = Vertx.vertx();
    private final VirtualTime time = new VirtualTime(SourceStage.BEGIN);
    private int port;

    @BeforeEach
    void listen() {
        port = vertx.createHttpServer()
                .requestHandler(request -> {
                    switch (String.valueOf(request.path())) {
                        case "/up" -> request.response().end();
                        case "/moved" ->
                            request.response()
                                    .setStatusCode(302)
                                    .putHeader("Location", "/up")
                                    .end();
                        case "/round" ->
                            request.response()
                                    .setStatusCode(302)
                                    .putHeader("Location", "/round")
                                    .end();
                        default -> request.response().setStatusCode(503).end();
                    }
                })
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private List<String> checked(OutboundPolicy policy, String... paths) throws Exception {
        SourceStage stage = new SourceStage(
                time, Path.of(""), Resources.NONE.with(OutboundHttp.class, new OutboundHttp(vertx, policy)));
        List<String> urls = List.of(paths).stream()
                .map(path -> "http://127.0.0.1:" + port + path)
                .toList();
        SourceStage.Playing playing =
                stage.play(new UrlCheck(Optional.of(urls), Optional.of(5.0), Optional.of(paths.length > 1)));
        time.advanceTo(time.instant().plusSeconds(4));
        assertThat(playing.stop()).containsInstanceOf(InterruptedException.class);
        return stage.events().stream()
                .map(event -> event.replace("\"", "").replace("http://127.0.0.1:" + port, ""))
                .toList();
    }

    @Test
    void aUrlIsUpWhenItAnswers200() throws Exception {
        assertThat(checked(OutboundPolicy.PUBLIC_ONLY.allowingLoopback(), "/up", "/down", "/moved", "/round"))
                .containsExactly(
                        "{url_check:{url:/up,status:up,status_code:200}}",
                        "{url_check:{url:/down,status:down,status_code:503}}",
                        "{url_check:{url:/moved,status:up,status_code:200}}",
                        "{url_check:{url:/round,status:down,error_msg:more than 10 redirects}}");
    }

    @Test
    void whatThePolicyRefusesIsDownAndSaysWhy() throws Exception {
        assertThat(checked(OutboundPolicy.PUBLIC_ONLY, "/up"))
                .singleElement()
                .asString()
                .contains("status:down,error_msg:egress_denied");
    }

    @Test
    void withoutUrlsTheSourceEnds() throws Exception {
        SourceStage stage = new SourceStage(time, Path.of(""), Resources.NONE);
        SourceStage.Playing playing = stage.play(new UrlCheck(Optional.empty(), Optional.empty(), Optional.empty()));
        time.step();
        assertThat(playing.end().get()).isEmpty();
    }
}
