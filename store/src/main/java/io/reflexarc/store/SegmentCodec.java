// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.event.Event;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A segment as an object: gzip (RFC 1952) of a version, a count, and for each event its position (two longs), the time it was
 * received (milliseconds, a long), id and body (a length and bytes each). Bodies keep their bytes.
 */
final class SegmentCodec {
    private static final int VERSION = 1;
    private static final int BUFFER = 1 << 16;
    /** A part of a segment that is read at once. */
    private static final int MOST_EVENTS = 500;

    private static final long MOST_BYTES = 1L << 20;

    private SegmentCodec() {}

    static Buffer write(List<Recorded> events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new Fast(bytes))) {
            out.writeInt(VERSION);
            out.writeInt(events.size());
            for (Recorded one : events) {
                out.writeLong(one.position().major());
                out.writeLong(one.position().minor());
                out.writeLong(one.event().receivedAt().toEpochMilli());
                write(out, one.event().id().value().getBytes(StandardCharsets.UTF_8));
                write(out, one.event().body().bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** The newest events before a position, newest first; the rest is read another time. */
    static List<Recorded> read(StreamId stream, Buffer content, Position before) {
        Deque<Recorded> newest = new ArrayDeque<>();
        long bytes = 0;
        try (DataInputStream in =
                new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(content.getBytes()), BUFFER))) {
            int version = in.readInt();
            if (version != VERSION) {
                throw new IllegalStateException("a segment of the unknown version " + version);
            }
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                Recorded one = readOne(stream, in);
                if (one.position().compareTo(before) >= 0) {
                    break;
                }
                newest.addFirst(one);
                bytes += one.event().body().size();
                while (newest.size() > MOST_EVENTS || (bytes > MOST_BYTES && newest.size() > 1)) {
                    bytes -= newest.removeLast().event().body().size();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ArrayList<>(newest);
    }

    private static Recorded readOne(StreamId stream, DataInputStream in) throws IOException {
        Position position = new Position(in.readLong(), in.readLong());
        Instant receivedAt = Instant.ofEpochMilli(in.readLong());
        EventId id = new EventId(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
        JsonText body = JsonText.ofBytes(in.readNBytes(in.readInt()));
        return new Recorded(position, new Event(id, stream, receivedAt, body));
    }

    /** Twice as fast for a tenth more. */
    private static final class Fast extends GZIPOutputStream {
        Fast(ByteArrayOutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
