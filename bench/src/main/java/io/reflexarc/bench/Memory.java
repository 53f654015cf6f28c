// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.bench;

import io.reflexarc.engine.decision.RulebookSession;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What sessions keep on the heap. Started by bench/memory. */
public final class Memory {
    private static final int SESSIONS = 100;
    private static final int EVENTS = 1_000_000;
    private static final int WAITING = 10_000;

    private Memory() {}

    /** Prints one line a case. */
    public static void main(String[] arguments) {
        idle("idle activation, 12 rules, 2 of them joins, never reached by an event", false);
        idle("idle activation, the same, an event of each kind behind it", true);
        unmatched();
        waiting();
    }

    private static void idle(String name, boolean used) {
        List<Feed> kept = new ArrayList<>();
        kept.add(session(used)); // what is shared by all
        long before = heap();
        for (int i = 0; i < SESSIONS; i++) {
            kept.add(session(used));
        }
        long each = (heap() - before) / SESSIONS;
        System.out.printf("%s: %,d bytes each (%d sessions)%n", name, each, kept.size() - 1);
    }

    private static Feed session(boolean used) {
        String yaml = Rulebooks.yaml(
                12,
                i -> i < 10
                        ? " event.payload.alert == \"disk-" + i + "\" or event.payload.text is search(\"x" + i + "\")"
                        : JoinBench.JOIN
                                .formatted("down" + i, "up" + i)
                                .indent(8)
                                .stripTrailing());
        Feed feed = new Feed(new RulebookSession(Rulebooks.plan(yaml)));
        feed.give(Feed.alert(1, 1_000_000));
        if (used) {
            feed.give(Feed.alert(1, 1));
            feed.give("{\"kind\":\"down10\",\"host\":1}".getBytes(StandardCharsets.UTF_8));
            feed.give("{\"kind\":\"up10\",\"host\":1}".getBytes(StandardCharsets.UTF_8));
        }
        return feed;
    }

    private static void unmatched() {
        Feed feed = session(true);
        for (int i = 0; i < EVENTS / 10; i++) {
            feed.give(Feed.alert(i, 1_000_000));
        }
        long before = heap();
        for (int i = 0; i < EVENTS; i++) {
            feed.give(Feed.alert(i, 1_000_000));
        }
        System.out.printf("%,d events that match nothing: %+,d bytes of heap%n", EVENTS, heap() - before);
        feed.give(Feed.alert(1, 1));
    }

    private static void waiting() {
        Feed feed = session(true);
        long before = heap();
        for (int i = 0; i < WAITING; i++) {
            feed.give(("{\"kind\":\"down10\",\"host\":" + i + ",\"text\":\"" + "x".repeat(200) + "\"}")
                    .getBytes(StandardCharsets.UTF_8));
        }
        System.out.printf(
                "%,d events of 240 bytes that wait for a partner: %,d bytes each%n",
                WAITING, (heap() - before) / WAITING);
        feed.give(Feed.alert(1, 1));
    }

    private static long heap() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
