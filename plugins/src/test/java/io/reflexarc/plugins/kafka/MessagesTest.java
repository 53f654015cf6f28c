// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.SourceCatalogue;
import io.reflexarc.core.source.SourceEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

final class MessagesTest {
    private final RecordHeaders headers = new RecordHeaders();

    private Optional<SourceEvent> event(byte[] body) {
        ConsumerRecord<byte[], byte[]> message = new ConsumerRecord<>(
                "t", 0, 7, 1_700_000_000_250L, TimestampType.CREATE_TIME, 0, 0, null, body, headers, Optional.empty());
        return new Messages(StandardCharsets.UTF_8).event(message);
    }

    private String written(String body) {
        return event(body.getBytes(StandardCharsets.UTF_8))
                .map(event -> event.body().toString().replace('"', '\''))
                .orElse("-");
    }

    @Test
    void aMessageBecomesAnEventWithItsPlace() {
        headers.add("kind", "grüße".getBytes(StandardCharsets.UTF_8));
        assertThat(written("{\"a\": 1}"))
                .isEqualTo("{'meta':{'source_offset':'t:0:7','produced_at':'2023-11-14T22:13:20.250000Z',"
                        + "'headers':{'kind':'grüße'},'uuid':'93552ccf-03dd-5de8-ae23-199e9aa721dc'},'body':{'a':1}}");
        assertThat(event("5".getBytes(StandardCharsets.UTF_8)).orElseThrow().dedupeKey())
                .contains("t:0:7");
    }

    @Test
    void whatIsNoJsonStaysText() {
        assertThat(written("plain text")).contains("'body':'plain text'");
    }

    @Test
    void emptyMessagesAreLeftOut() {
        assertThat(event("{}".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(written("null")).isEqualTo("-");
        assertThat(written("")).isEqualTo("-");
        assertThat(event(new byte[] {(byte) 0xff})).isEmpty();
    }

    @Test
    void theSenderMayGiveAUuid() {
        String uuid = "0190a5e0-1111-7000-8000-000000000001";
        assertThat(written("{\"message_uuid\": \"" + uuid + "\"}")).contains("'uuid':'" + uuid + "'");
        headers.add("message_uuid", "order-17".getBytes(StandardCharsets.UTF_8));
        assertThat(written("{\"message_uuid\": \"" + uuid + "\"}"))
                .contains("'message_id':'order-17'")
                .doesNotContain("'uuid':'" + uuid + "'}");
    }

    @Test
    void argumentsAreChecked() {
        refused("{}", "host and port");
        refused("{'host':'h','port':1}", "exactly one of topic");
        refused("{'host':'h','port':1,'topic':'t','topics':['u']}", "exactly one of topic");
        refused("{'host':'h','port':1,'topic':'t','offset':'middle'}", "latest or earliest");
        refused("{'host':'h','port':1,'topic':'t','message_format':'avro'}", "Avro is not read here");
        refused("{'host':'h','port':1,'topic_pattern':'('}", "no regular expression");
        refused("{'host':'h','port':1,'topic':'t','encoding':'nope'}", "no encoding nope");
    }

    private static void refused(String arguments, String sentence) {
        SourceCatalogue sources = new SourceCatalogue(List.of(KafkaSource.class), PluginPath.NONE);
        assertThatThrownBy(() -> sources.decode("ansible.eda.kafka", JsonText.ofString(arguments.replace('\'', '"'))))
                .hasMessageContaining(sentence);
    }
}
