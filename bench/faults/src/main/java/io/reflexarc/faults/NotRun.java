// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import io.reflexarc.faults.Verdict.Outcome;
import java.util.List;
import java.util.Map;

/** Tests of the list that this program does not do, with the reason and, where there is one, the test that does. */
final class NotRun {
    private NotRun() {}

    static List<Verdict> all() {
        return List.of(
                not(
                        "F-5",
                        "Redis with appendfsync everysec",
                        "it only documents a loss; durability: relaxed says that nothing is promised then"),
                not("F-11", "Kafka down during training runs", "there are no training runs yet"),
                not("F-14", "a black hole behind a route", "needs a network namespace; F-13 is a target that hangs"),
                not(
                        "F-21",
                        "a dead consumer with pending entries",
                        "there are no consumer groups: one owner reads, and commits its position"),
                not(
                        "F-23",
                        "10,000 partial matches and kill -9",
                        "bench/takeover does it; 100 partial matches ride on F-1"),
                not(
                        "F-26",
                        "the clock jumps",
                        "the clock of the machine is everybody's; engine and scheduler are tested on clocks of their own"),
                not(
                        "F-27",
                        "stamps of the past and of the future",
                        "not built in here; RulebookSessionTest.theClockNeverGoesBack covers it in part"),
                not("F-28", "no space on a disk", "needs to mount a file system; F-7 is the log that is full"),
                not("F-29", "power cut", "needs LazyFS or a device mapper"),
                not("F-30", "a damaged AOF", "not built yet"),
                not("F-31", "25 % of a CPU", "not built yet"),
                not("F-35", "1,000 activations started and stopped", "not built yet"),
                not("F-36", "two hours", "longer than this run may take"),
                not("F-37", "upgrade and back", "there is no earlier version"),
                not("F-38", "backup under load and restore", "BackupIT does it"),
                not("F-39", "a vault that does not answer", "secrets lie in PostgreSQL, encrypted; there is no vault"),
                not("F-40", "pods deleted at random", "needs Kubernetes"),
                not("D-10", "replies that never end", "not built in here; HttpRequestIT covers it in part"),
                not("D-11", "a million entries of backlog", "an inbox holds 100,000 and refuses then"),
                not("D-12", "times in every format", "not built in here; tests of the language cover it in part"),
                not(
                        "N-5",
                        "WebSocket clients that do not read",
                        "not built in here; tests of the live socket cover it in part"),
                not("N-6", "WebSocket reconnects", "not built in here; tests of the live socket cover it in part"),
                not("N-8", "DNS that fails", "not built in here; tests of the outbound client cover it in part"),
                not("N-9", "TLS certificates that change", "ingress has no TLS of its own"));
    }

    private static Verdict not(String id, String title, String reason) {
        return new Verdict(id, title, Outcome.NOT_RUN, reason, Map.of());
    }
}
