// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.bench;

import com.sun.management.OperatingSystemMXBean;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.decision.RulebookSession;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What a session costs to write down and to build again that holds 10,000 matches which wait for a partner: in a process that
 * has done nothing before, as after a crash, and in one that is warm. Started by bench/restore.
 */
public final class Restore {
    private static final int WAITING = 10_000;
    private static final int WARM = 20;
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
            Files.write(file, written().bytes());
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        measured("restore, cold", 1, () -> restored(bytes));
        measured("restore, warm", WARM, () -> restored(bytes));
        RulebookSession session = restored(bytes);
        measured("snapshot, cold", 1, session::state);
        measured("snapshot, warm", WARM, session::state);
    }

    private static RulebookSession restored(byte[] bytes) {
        return RulebookSession.restore(Rulebooks.plan(YAML), JsonText.ofBytes(bytes));
    }

    private static JsonText written() {
        Feed feed = new Feed(new RulebookSession(Rulebooks.plan(YAML)));
        for (int i = 0; i < WAITING; i++) {
            feed.give(event(i));
        }
        return feed.state();
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
                last instanceof JsonText text ? ",\"bytes\":" + text.size() : "");
    }

    /** Of the whole process, its compiler included. */
    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
