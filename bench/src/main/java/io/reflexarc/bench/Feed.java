// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.bench;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.engine.decision.Decided;
import io.reflexarc.engine.decision.RulebookSession;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Gives a session event after event as the log would: bytes that nobody has parsed yet, one millisecond apart. */
final class Feed {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RulebookSession session;
    private long entry;

    Feed(RulebookSession session) {
        this.session = session;
    }

    Decided give(byte[] body) {
        return give(body, 1);
    }

    Decided give(byte[] body, long millisPerEvent) {
        entry++;
        return session.take(new LogEntry.Arrived(
                new Position(1, entry),
                START.plusMillis(entry * millisPerEvent),
                new EventId("e" + entry),
                Rulebooks.STREAM,
                JsonText.ofBytes(body)));
    }

    /** About 300 bytes, the shape of a monitoring alert. */
    static byte[] alert(int number, int kind) {
        return """
                {"payload":{"alert":"disk-%d","severity":"critical","host":"node-%d.example.org","value":%d,\
                "labels":{"team":"storage","region":"eu-%d","job":"node"},"text":"filesystem /var is filling up"},\
                "meta":{"uuid":"6f1c7c0e-8b1d-4a55-9a55-%012d","source":{"name":"s","type":"ansible.eda.range"},\
                "received_at":"2026-01-01T00:00:00.000000Z"}}""".formatted(kind, number % 500, number % 1000, number % 7, number)
                .getBytes(StandardCharsets.UTF_8);
    }
}
