// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.session.SessionState.Held;
import io.reflexarc.engine.session.SessionState.Shown;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Events and facts as a page of a snapshot. A format of our own, because it must be quick in a process that has just started:
 * bodies are copied, not parsed.
 *
 * <pre>
 * page  = items:int item*
 * item  = sequence:long fact:byte at:long(ms) id:bytes body:bytes shown:bytes
 * bytes = length:int octets; a length of -1 where there is nothing
 * </pre>
 */
final class SnapshotPages {
    private static final int ABSENT = -1;

    private SnapshotPages() {}

    static Buffer write(List<Held> items) {
        Buffer out = Buffer.buffer(size(items));
        out.appendInt(items.size());
        for (Held item : items) {
            out.appendLong(item.sequence());
            out.appendByte((byte) (item.fact() ? 1 : 0));
            out.appendLong(item.at().toEpochMilli());
            bytes(out, item.id().getBytes(StandardCharsets.UTF_8));
            bytes(out, item.body().bytes());
            item.shown().ifPresentOrElse(shown -> bytes(out, shown.body().bytes()), () -> out.appendInt(ABSENT));
        }
        return out;
    }

    /** How many bytes an item will be, about. */
    static int size(Held item) {
        return 72
                + item.body().size()
                + item.shown().map(shown -> shown.body().size()).orElse(0);
    }

    private static int size(List<Held> items) {
        return items.stream().mapToInt(SnapshotPages::size).sum();
    }

    private static void bytes(Buffer out, byte[] bytes) {
        out.appendInt(bytes.length).appendBytes(bytes);
    }

    static List<Held> read(Buffer page) {
        return new Reader(page).items();
    }

    private static final class Reader {
        private final Buffer page;
        private int at;

        Reader(Buffer page) {
            this.page = page;
        }

        List<Held> items() {
            int count = integer();
            List<Held> items = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                items.add(item());
            }
            return items;
        }

        private Held item() {
            long sequence = number();
            boolean fact = page.getByte(at++) == 1;
            Instant arrived = Instant.ofEpochMilli(number());
            String id = bytes().map(text -> new String(text, StandardCharsets.UTF_8))
                    .orElseThrow();
            JsonText body = bytes().map(JsonText::ofBytes).orElseThrow();
            Optional<Shown> shown = bytes().map(JsonText::ofBytes).map(Shown::new);
            return new Held(sequence, id, fact, arrived, body, shown);
        }

        private int integer() {
            at += Integer.BYTES;
            return page.getInt(at - Integer.BYTES);
        }

        private long number() {
            at += Long.BYTES;
            return page.getLong(at - Long.BYTES);
        }

        private Optional<byte[]> bytes() {
            int length = integer();
            if (length == ABSENT) {
                return Optional.empty();
            }
            at += length;
            return Optional.of(page.getBytes(at - length, at));
        }
    }
}
