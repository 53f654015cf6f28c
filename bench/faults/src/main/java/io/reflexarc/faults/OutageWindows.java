// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** F-24: windows that end while the engine is down fire once, and say that they are late; one that was over before does not. */
final class OutageWindows implements Attack {
    private static final Duration WINDOW = Duration.ofSeconds(12);
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int HOSTS = 20;
    private static final String RULEBOOK = """
            - name: Windows
              hosts: all
              sources:
                - name: events
                  ansible.eda.webhook: {port: 5000}
              rules:
                - name: Missing
                  condition:
                    not_all:
                      - events.a << event.payload.up is defined
                      - events.b << event.payload.host == events.a.payload.host and event.payload.done is defined
                    timeout: %1$d seconds
                  action:
                    debug:
                - name: Gathered
                  condition: event.payload.up is defined
                  throttle:
                    once_after: %1$d seconds
                    group_by_attributes: [event.payload.host]
                  action:
                    debug:
            """;

    @Override
    public String id() {
        return "F-24";
    }

    @Override
    public String title() {
        return HOSTS + " windows of not_all and of once_after end while the engine is down";
    }

    @Override
    public List<String> run(Prey prey, Map<String, Object> numbers) throws Exception {
        Cluster cluster = prey.stage().cluster();
        Cluster.Stream stream = cluster.stream("windows");
        long activation = cluster.activation("windows", RULEBOOK.formatted(WINDOW.toSeconds()), stream);
        for (int host = 0; host < HOSTS; host++) {
            String body = "{\"up\":true,\"host\":\"h" + host + "\"}";
            prey.send(stream, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
        }
        String seen = "select coalesce(sum(events_seen), 0) from inboxes where activation_id = " + activation;
        List<String> complaints = new ArrayList<>();
        if (!Stopwatch.until(PATIENCE, () -> Stopwatch.holds(() -> cluster.count(seen) >= HOSTS))) {
            complaints.add("the events were not read");
        }
        String all = "select count(*) from decisions where activation_id = " + activation;
        long before = cluster.count(all);
        cluster.program(Part.ENGINE).kill();
        Stopwatch.pause(WINDOW.plusSeconds(8));
        cluster.start(Part.ENGINE);
        String gathered = all + " and rule = 'Gathered'";
        Stopwatch.until(PATIENCE, () -> Stopwatch.holds(() -> cluster.count(gathered) >= HOSTS));
        double ping = prey.ping(); // and time for more than is wanted
        numbers.put("decided_before_the_kill", before);
        numbers.put("gathered", cluster.count(gathered));
        numbers.put("missing", cluster.count(all + " and rule = 'Missing'"));
        numbers.put("late", cluster.count(all + " and late"));
        numbers.put("ping_after_s", ping);
        complaints.addAll(complaints(cluster, gathered, all, before));
        return complaints;
    }

    private static List<String> complaints(Cluster cluster, String gathered, String all, long before) {
        List<String> complaints = new ArrayList<>();
        if (cluster.count(gathered) != HOSTS) {
            complaints.add(cluster.count(gathered) + " of " + HOSTS + " windows of once_after fired");
        }
        if (before == 0 && cluster.count(all + " and not late") > 0) {
            complaints.add(cluster.count(all + " and not late") + " windows that ended while nobody ran do not say so");
        }
        return complaints;
    }
}
