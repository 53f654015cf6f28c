// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.LogEntry;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.BulkType;
import io.vertx.redis.client.impl.types.MultiType;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What XREAD answers: pairs in RESP2, a map in RESP3. */
class EntryCodecTest {
    private static final StreamId STREAM = new StreamId(new UUID(1, 2));

    @Test
    void readsBothShapesOfAnAnswer() {
        Response entry = list(
                text("7-1"),
                list(
                        text("k"),
                        text("event"),
                        text("t"),
                        text("5"),
                        text("i"),
                        text("id"),
                        text("s"),
                        text(STREAM.toString()),
                        text("b"),
                        text("{}")));
        var expected = new LogEntry.Arrived(
                new Position(7, 1), Instant.ofEpochMilli(5), new EventId("id"), STREAM, JsonText.EMPTY_OBJECT);

        assertThat(EntryCodec.readAnswer(list(list(text("inbox"), list(entry)))))
                .containsExactly(expected);
        assertThat(EntryCodec.readAnswer(map(text("inbox"), list(entry)))).containsExactly(expected);
    }

    @Test
    void readsATimeOutAsNothing() {
        assertThat(EntryCodec.readAnswer(null)).isEmpty();
        assertThat(EntryCodec.readAnswer(list())).isEmpty();
    }

    private static Response text(String text) {
        return BulkType.create(Buffer.buffer(text), false);
    }

    private static Response list(Response... items) {
        return multi(MultiType.create(items.length, false), items);
    }

    private static Response map(Response... items) {
        return multi(MultiType.create(items.length, true), items);
    }

    private static Response multi(MultiType multi, Response... items) {
        for (Response item : items) {
            multi.add(item);
        }
        return multi;
    }
}
