// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.Plugin;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.NewEvent;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.PreparedSource;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceTime;
import io.reflexarc.eventstream.source.RunningSource;
import io.reflexarc.eventstream.source.SourceRuntime;
import io.reflexarc.eventstream.source.SourceState;
import io.reflexarc.eventstream.source.SourceWorld;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.reflexarc.plugins.outbound.OutboundPolicy;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The source {@code ansible.eda.kafka} against a real broker. */
@Timeout(240)
class KafkaSourceIT {
    @TempDir
    Path directory;

    private final BlockingQueue<NewEvent> events = new LinkedBlockingQueue<>();

    @Test
    void messagesBecomeEventsAndAreNotReadAgainAfterARestart() throws Exception {
        Vertx vertx = Vertx.vertx();
        int port = Ports.free();
        try (DataDirectory data = DataDirectory.open(directory.resolve("data"));
                EmbeddedKafka kafka = EmbeddedKafka.start(data, port, Ports.free());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            send(producer, "{\"n\": 1}");
            send(producer, "");
            send(producer, "text");
            RunningSource first = start(vertx, port);
            assertThat(next()).contains("\"source_offset\":\"t:0:0\"").contains("\"body\":{\"n\":1}");
            assertThat(next()).contains("\"source_offset\":\"t:0:2\"").contains("\"body\":\"text\"");
            stop(first);
            send(producer, "{\"n\": 2}");
            RunningSource second = start(vertx, port);
            assertThat(next()).contains("\"source_offset\":\"t:0:3\"");
            stop(second);
        } finally {
            vertx.close().await();
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String body) throws Exception {
        producer.send(new ProducerRecord<>("t", body.getBytes(StandardCharsets.UTF_8)))
                .get(60, TimeUnit.SECONDS);
    }

    private RunningSource start(Vertx vertx, int port) {
        String arguments = "{\"host\": \"127.0.0.1\", \"port\": \"" + port
                + "\", \"topic\": \"t\", \"group_id\": \"g\", \"offset\": \"earliest\"}";
        Source source =
                Plugin.installedSources(PluginPath.NONE).decode("ansible.eda.kafka", JsonText.ofString(arguments));
        OutboundHttp http = new OutboundHttp(vertx, OutboundPolicy.PUBLIC_ONLY.allowingLoopback());
        SourceWorld world = new SourceWorld(
                SourceTime.of(InstantSource.system()),
                ZoneOffset.UTC,
                new Random(1),
                Map.of(),
                directory,
                Resources.NONE.with(OutboundHttp.class, http).with(Vertx.class, vertx),
                value -> {});
        return new SourceRuntime(world)
                .start(new PreparedSource("k", "ansible.eda.kafka", source, List.of()), events::addAll);
    }

    private static void stop(RunningSource source) {
        source.stop();
        assertThat(source.end().await()).isEqualTo(new SourceState.Stopped());
    }

    private String next() throws InterruptedException {
        NewEvent event = events.poll(60, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event.body().toString();
    }
}
