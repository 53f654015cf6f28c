// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceCatalogue;
import io.reflexarc.core.source.SourceTime;
import io.reflexarc.plugins.SourceStage;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.reflexarc.plugins.outbound.OutboundPolicy;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a stand-in that speaks what we need of the protocol. */
class SqsQueueIT {
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> deleted = new LinkedBlockingQueue<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private int port;

    @BeforeEach
    void listen() {
        port = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    authorizations.add(String.valueOf(request.getHeader("Authorization")));
                    answer(request, JsonText.ofBytes(body.getBytes()).tree());
                }))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private void answer(HttpServerRequest request, JsonNode ask) {
        ObjectNode answer = Json.mapper().createObjectNode();
        switch (String.valueOf(request.getHeader("X-Amz-Target"))) {
            case "AmazonSQS.GetQueueUrl" -> {
                if (!ask.path("QueueName").asText().equals("eda")) {
                    request.response().setStatusCode(400);
                    answer.put("__type", "com.amazonaws.sqs#QueueDoesNotExist");
                }
                answer.put("QueueUrl", "http://sqs/1/" + ask.path("QueueName").asText());
            }
            case "AmazonSQS.ReceiveMessage" -> {
                assertThat(ask.path("QueueUrl").asText()).isEqualTo("http://sqs/1/eda");
                String body = waiting.poll();
                if (body != null) {
                    answer.putArray("Messages")
                            .addObject()
                            .put("MessageId", "id-" + body.length())
                            .put("ReceiptHandle", "handle-" + body.length())
                            .put("Body", body);
                }
            }
            default -> deleted.add(ask.at("/Entries/0/ReceiptHandle").asText());
        }
        request.response().end(answer.toString());
    }

    private SourceStage stage() {
        OutboundHttp http = new OutboundHttp(vertx, OutboundPolicy.PUBLIC_ONLY.allowingLoopback());
        return new SourceStage(
                SourceTime.of(InstantSource.system()), Path.of(""), Resources.NONE.with(OutboundHttp.class, http));
    }

    private Source source(String arguments) {
        return new SourceCatalogue(List.of(AwsSource.class), PluginPath.NONE)
                .decode(
                        "ansible.eda.aws_sqs_queue",
                        JsonText.ofString(arguments.replace('\'', '"').replace("PORT", Integer.toString(port))));
    }

    @Test
    void messagesBecomeEventsAndAreDeletedAfterwards() throws Exception {
        waiting.add("{\"n\": 1}");
        waiting.add("text");
        SourceStage stage = stage().with("AWS_ACCESS_KEY_ID", "AKID").with("AWS_SECRET_ACCESS_KEY", "geheim");
        SourceStage.Playing playing =
                stage.play(source("{'name':'eda','endpoint_url':'http://127.0.0.1:PORT','delay_seconds':0}"));
        assertThat(stage.next().toString()).isEqualTo("{\"body\":{\"n\":1},\"meta\":{\"MessageId\":\"id-8\"}}");
        assertThat(stage.next().path("body").textValue()).isEqualTo("text");
        assertThat(deleted.poll(60, TimeUnit.SECONDS)).isEqualTo("handle-8");
        assertThat(deleted.poll(60, TimeUnit.SECONDS)).isEqualTo("handle-4");
        assertThat(stage.keys()).containsExactly("id-8", "id-4");
        assertThat(playing.stop()).containsInstanceOf(InterruptedException.class);
        assertThat(authorizations)
                .allMatch(value ->
                        value.startsWith("AWS4-HMAC-SHA256 Credential=AKID/") && value.contains("/us-east-1/sqs/"));
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        assertThatThrownBy(() -> source("{}")).hasMessageContaining("name is missing");
        assertThatThrownBy(() -> source("{'name':'q','delay_seconds':30}")).hasMessageContaining("between 0 and 20");
        ends("{'name':'eda'}", "region is missing");
        ends("{'name':'eda','region':'eu-west-1'}", "access_key and secret_key are missing");
        ends(
                "{'name':'other','access_key':'a','secret_key':'b','endpoint_url':'http://127.0.0.1:PORT'}",
                "the queue does not exist");
    }

    private void ends(String arguments, String sentence) throws Exception {
        assertThat(stage().play(source(arguments)).end().get(60, TimeUnit.SECONDS))
                .hasValueSatisfying(e -> assertThat(e).hasMessageContaining(sentence));
    }
}
