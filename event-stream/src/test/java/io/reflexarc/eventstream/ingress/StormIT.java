// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import static io.reflexarc.eventstream.ingress.IngressRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.event.StreamCredential;
import io.reflexarc.core.event.StreamLimits;
import io.reflexarc.core.event.StreamType;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.InMemoryEventLog;
import io.reflexarc.core.log.LogEntry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many alerts at once: each request is acknowledged or refused with a time to come back, and what was acknowledged is in the
 * log, whole, and nothing else. {@code -Dreflexarc.storm=50000} sends as many as a bad day of a big site.
 */
class StormIT {
    private static final int ALERTS = Integer.getInteger("reflexarc.storm", 4_000);
    private static final int GROUP = 20;
    private static final int AT_ONCE = 64;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    @Test
    void everyAlertOfAStormIsAcknowledgedOrRefusedAndNoneIsDropped() throws InterruptedException {
        int room = ALERTS / 4;
        int budget = ALERTS / 2;
        EventLog log = new InMemoryEventLog(
                InstantSource.system(), (delay, task) -> {}, new InMemoryEventLog.Bounds(room, ALERTS));
        await(log.open(new Incarnation(UUID.randomUUID())));
        try (IngressRig rig = new IngressRig(vertx, log, IngressRig.config())) {
            EventStream stream = rig.streams.limited(
                    rig.streams.add(
                            "storm", StreamType.ALERTMANAGER, new StreamCredential.Token(new Secret("t"), "X-Token")),
                    new StreamLimits(Optional.of(1), Optional.of(budget), Optional.empty()));
            InboxId inbox = rig.bind(1, stream);

            List<HttpResponse<String>> answers = send(rig, stream);

            List<String> acknowledged = answers.stream()
                    .filter(answer -> answer.statusCode() == 202)
                    .flatMap(answer -> IngressRig.ids(answer).stream())
                    .toList();
            assertThat(answers).hasSize(ALERTS / GROUP);
            assertThat(answers.stream().map(HttpResponse::statusCode).collect(Collectors.toSet()))
                    .containsExactlyInAnyOrder(202, 429, 503);
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() != 202)
                    .allMatch(
                            answer -> answer.headers().firstValue("retry-after").isPresent());
            assertThat(await(log.read(inbox, Position.START, ALERTS, Duration.ZERO)))
                    .extracting(entry -> ((LogEntry.Arrived) entry).id().value())
                    .containsExactlyInAnyOrderElementsOf(acknowledged);
            assertThat(acknowledged).hasSizeBetween(room - GROUP, room + GROUP).doesNotHaveDuplicates();
            assertCounted(rig, answers, acknowledged.size());
        }
    }

    private static List<HttpResponse<String>> send(IngressRig rig, EventStream stream) throws InterruptedException {
        Semaphore open = new Semaphore(AT_ONCE);
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        for (int group = 0; group < ALERTS / GROUP; group++) {
            open.acquire();
            answers.add(
                    rig.sendAsync(rig.to(stream).header("X-Token", "t").POST(BodyPublishers.ofString(alerts(group))))
                            .onComplete(done -> open.release()));
        }
        return answers.stream().map(IngressRig::await).toList();
    }

    private static String alerts(int group) {
        return IntStream.range(0, GROUP)
                .mapToObj(i -> "{\"fingerprint\":\"" + group + "-" + i
                        + "\",\"status\":\"firing\",\"startsAt\":\"2026-11-21T12:00:00Z\"}")
                .collect(Collectors.joining(",", "{\"alerts\":[", "]}"));
    }

    /** Each verdict is counted. */
    private static void assertCounted(IngressRig rig, List<HttpResponse<String>> answers, int acknowledged) {
        assertThat(rig.meters
                        .counter("reflexarc.events.accepted", "stream", "storm")
                        .count())
                .isEqualTo(acknowledged);
        for (int status : List.of(429, 503)) {
            Counter counter = rig.meters.counter(
                    "reflexarc.events.refused", "stream", "storm", "status", Integer.toString(status));
            assertThat(counter.count())
                    .isEqualTo(answers.stream()
                            .filter(answer -> answer.statusCode() == status)
                            .count());
        }
    }
}
