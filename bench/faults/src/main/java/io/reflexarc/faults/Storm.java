// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** F-34: so many different alerts as fast as they go, in groups, each once: acknowledged or refused, and what was acknowledged is decided. */
final class Storm implements Attack {
    private static final int GROUP = 20;
    private static final int AT_ONCE = 64;
    private static final Duration DECIDED = Duration.ofSeconds(180);

    private final int alerts;

    Storm(int alerts) {
        this.alerts = alerts;
    }

    @Override
    public String id() {
        return "F-34";
    }

    @Override
    public String title() {
        return "a storm of " + alerts + " alerts, " + GROUP + " a request, none sent twice";
    }

    @Override
    public List<String> run(Prey prey, Map<String, Object> numbers) throws Exception {
        Cluster cluster = prey.stage().cluster();
        Cluster.Stream stream = cluster.stream("storm", "alertmanager");
        long activation = cluster.activation("storm", """
                - name: Storm
                  hosts: all
                  sources:
                    - name: events
                      ansible.eda.webhook: {port: 5000}
                  rules:
                    - name: Critical
                      condition: event.alert.labels.severity == "critical"
                      throttle:
                        once_within: 5 minutes
                        group_by_attributes: [event.alert.labels.service]
                      action:
                        debug:
                """, stream);
        Map<String, Integer> statuses = new ConcurrentHashMap<>();
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicInteger silent = new AtomicInteger();
        long begun = prey.stage().watch().micros();
        Semaphore open = new Semaphore(AT_ONCE);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int group = 0; group < alerts / GROUP; group++) {
                byte[] body = group(group).getBytes(StandardCharsets.UTF_8);
                open.acquire();
                executor.execute(() -> {
                    send(prey, stream, body, statuses, acknowledged, silent);
                    open.release();
                });
            }
        }
        numbers.put("alerts", alerts);
        numbers.put("sent_in_s", Measures.round((prey.stage().watch().micros() - begun) / 1e6));
        numbers.put("answers", new TreeMap<>(statuses));
        numbers.put("acknowledged", acknowledged.get());
        String seen = "select coalesce(sum(events_seen), 0) from inboxes where activation_id = " + activation;
        Stopwatch.until(DECIDED, () -> Stopwatch.holds(() -> cluster.count(seen) >= acknowledged.get()));
        long decided = cluster.count(seen);
        numbers.put("decided", decided);
        numbers.put("decided_after_s", Measures.round((prey.stage().watch().micros() - begun) / 1e6));
        List<String> complaints = new ArrayList<>();
        if (decided != acknowledged.get()) {
            complaints.add(acknowledged + " alerts were acknowledged and " + decided + " decided");
        }
        if (silent.get() > 0) {
            complaints.add(silent + " requests were refused without Retry-After, or not answered");
        }
        return complaints;
    }

    private static void send(
            Prey prey,
            Cluster.Stream stream,
            byte[] body,
            Map<String, Integer> statuses,
            AtomicInteger acknowledged,
            AtomicInteger silent) {
        try {
            HttpResponse<String> answer = prey.send(stream, body, Map.of("Content-Type", "application/json"));
            statuses.merge("" + answer.statusCode(), 1, Integer::sum);
            if (answer.statusCode() == 202) {
                JsonNode ids = Rest.tree(answer.body()).path("event_ids");
                acknowledged.addAndGet(ids.size());
            } else if (answer.headers().firstValue("Retry-After").isEmpty()) {
                silent.incrementAndGet();
            }
        } catch (IOException e) {
            statuses.merge("none", 1, Integer::sum);
            silent.incrementAndGet();
        }
    }

    private static String group(int group) {
        return IntStream.range(0, GROUP)
                .mapToObj(i -> "{\"fingerprint\":\"" + group + "-" + i
                        + "\",\"status\":\"firing\",\"startsAt\":\"2026-11-21T12:00:00Z\",\"labels\":{\"alertname\":\"Down\","
                        + "\"severity\":\"" + (i % 2 == 0 ? "critical" : "warning") + "\",\"service\":\"s" + group % 50
                        + "\",\"instance\":\"host-" + group + "-" + i + ":9100\"}}")
                .collect(Collectors.joining(",", "{\"alerts\":[", "]}"));
    }
}
