// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.bench;

import com.sun.management.OperatingSystemMXBean;
import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.compile.CompiledRulesets;
import io.reflexarc.engine.decision.RulebookSession;
import io.reflexarc.engine.decision.SessionObserver;
import io.reflexarc.engine.decision.SnapshotBook;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a session costs to write down and to build again that holds 10,000 matches which wait for a partner: in a process that
 * has done nothing before, as after a crash, and in one that is warm. Started by bench/restore.
 */
public final class Restore {
    private static final int WAITING = 10_000;
    private static final int WARM = 20;
    private static final Position AT = new Position(1, 1);
    private static final String YAML = Rulebooks.yaml(1, i -> """

                    all:
                      - events.first << event.payload.part == 1
                      - event.payload.part == 2 and event.payload.trial == events.first.payload.trial
                    """.indent(8).stripTrailing());

    private Restore() {}

    /** {@code write FILE} makes a snapshot, {@code read FILE} builds sessions from it. One JSON line a step. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        if (arguments[0].equals("write")) {
            Files.write(file, bytes(written()).getBytes());
            return;
        }
        Buffer bytes = Buffer.buffer(Files.readAllBytes(file));
        measured("restore, cold", 1, () -> restored(new SnapshotBook(), bytes));
        measured("restore, warm", WARM, () -> restored(new SnapshotBook(), bytes));
        SnapshotBook book = new SnapshotBook();
        RulebookSession session = restored(book, bytes);
        measured("snapshot with nothing new, cold", 1, () -> book.write(AT, session));
        measured("snapshot with nothing new, warm", WARM, () -> book.write(AT, session));
        measured("snapshot of everything, warm", WARM, () -> new SnapshotBook().write(AT, session));
    }

    private static RulebookSession restored(SnapshotBook book, Buffer bytes) {
        return book.open(Rulebooks.plan(YAML), snapshot(bytes), SessionObserver.NONE, new CompiledRulesets());
    }

    private static Snapshot written() {
        RulebookSession session = new RulebookSession(Rulebooks.plan(YAML));
        Feed feed = new Feed(session);
        for (int i = 0; i < WAITING; i++) {
            feed.give(event(i));
        }
        return new SnapshotBook().write(AT, session);
    }

    /** Length and bytes of the state, then number, length and bytes of each page. */
    private static Buffer bytes(Snapshot snapshot) {
        Buffer all = Buffer.buffer()
                .appendInt(snapshot.state().size())
                .appendBytes(snapshot.state().bytes());
        snapshot.pages()
                .forEach(page -> all.appendLong(page.number())
                        .appendInt(page.data().length())
                        .appendBuffer(page.data()));
        return all;
    }

    private static Snapshot snapshot(Buffer bytes) {
        int at = Integer.BYTES + bytes.getInt(0);
        JsonText state = JsonText.ofBytes(bytes.getBytes(Integer.BYTES, at));
        List<Snapshot.Page> pages = new ArrayList<>();
        while (at < bytes.length()) {
            int begin = at + Long.BYTES + Integer.BYTES;
            int end = begin + bytes.getInt(at + Long.BYTES);
            pages.add(new Snapshot.Page(bytes.getLong(at), bytes.getBuffer(begin, end)));
            at = end;
        }
        return new Snapshot(AT, SnapshotBook.FORMAT, state, pages, Set.of());
    }

    /** A kilobyte. */
    private static byte[] event(int trial) {
        return """
                {"payload":{"trial":%d,"part":1,"host":"node-%d.example.org","labels":{"team":"storage","job":"node"},\
                "text":"%s"},"meta":{"uuid":"6f1c7c0e-8b1d-4a55-9a55-%012d","endpoint":"partial",\
                "received_at":"2026-01-01T00:00:00.000000Z"}}""".formatted(trial, trial % 500, "x".repeat(750), trial).getBytes(StandardCharsets.UTF_8);
    }

    private static void measured(String what, int times, Supplier<?> step) {
        long cpu = cpu();
        long wall = System.nanoTime();
        Object last = "";
        for (int i = 0; i < times; i++) {
            last = step.get();
            if (last instanceof RulebookSession session && i < times - 1) {
                session.close();
            }
        }
        System.out.printf(
                "{\"what\":\"%s\",\"times\":%d,\"cpu_ms\":%d,\"wall_ms\":%d%s}%n",
                what,
                times,
                (cpu() - cpu) / 1_000_000 / times,
                (System.nanoTime() - wall) / 1_000_000 / times,
                last instanceof Snapshot snapshot
                        ? ",\"bytes\":" + bytes(snapshot).length()
                        : "");
    }

    /** Of the whole process, its compiler included. */
    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
