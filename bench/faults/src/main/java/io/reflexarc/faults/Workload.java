// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The events of a run, a function of its seed: 64 keys with Zipf's popularity, one event in ten matches one rule of twenty.
 * Whether an event matches is known here, so nothing of the product need be believed.
 */
final class Workload {
    static final int KEYS = 64;
    static final int RULES = 10;
    private static final double PARALLEL = 0.08;
    private static final double SEQUENTIAL = 0.02;
    private static final double EXPONENT = 0.5;

    private final SplittableRandom random;
    private final double[] popularity = new double[KEYS];
    private final int[] sequence = new int[KEYS];
    private final List<Event> events = new ArrayList<>();

    Workload(long seed) {
        random = new SplittableRandom(seed);
        double sum = 0;
        for (int key = 0; key < KEYS; key++) {
            sum += 1 / Math.pow(key + 1, EXPONENT);
            popularity[key] = sum;
        }
        for (int key = 0; key < KEYS; key++) {
            popularity[key] /= sum;
        }
    }

    /** The next event. */
    Event next() {
        int key = key(random.nextDouble());
        double kind = random.nextDouble();
        String rule = "";
        if (kind < PARALLEL) {
            rule = "p" + random.nextInt(RULES);
        } else if (kind < PARALLEL + SEQUENTIAL) {
            rule = "s" + random.nextInt(RULES);
        }
        UUID id = new UUID(random.nextLong(), random.nextLong());
        Event event = new Event(events.size(), id.toString(), "k" + key, sequence[key]++, rule);
        events.add(event);
        return event;
    }

    private int key(double point) {
        int key = 0;
        while (key < KEYS - 1 && popularity[key] < point) {
            key++;
        }
        return key;
    }

    /** All that were made so far. */
    List<Event> events() {
        return List.copyOf(events);
    }

    /** The rulebook of one ruleset: {@code p} in parallel with a lock for each key, {@code s} one after the other. */
    static String rulebook(String kind, int port) {
        boolean parallel = kind.equals("p");
        StringBuilder text = new StringBuilder("""
                - name: Ruleset %s
                  hosts: all
                  execution_strategy: %s
                  sources:
                    - name: events
                      ansible.eda.webhook: {port: 5000}
                  rules:
                """.formatted(kind, parallel ? "parallel" : "sequential"));
        for (int rule = 0; rule < RULES; rule++) {
            String name = kind + rule;
            text.append("""
                        - name: %1$s
                          condition: event.payload.rule == "%1$s" and event.payload.seq >= 0
                          action:
                            http_request:
                              url: "http://127.0.0.1:%2$d/effect"
                              method: POST
                              body: {id: "{{ event.payload.id }}", rule: "%1$s"}
                              expected_status: [204]
                              timeout: 10
                              retries: 50
                    """.formatted(name, port));
            if (parallel) {
                text.append(" ".repeat(10)).append("lock: \"{{ event.payload.key }}\"\n");
            }
        }
        return text.toString();
    }

    /**
     * One event.
     *
     * @param n its place in the run
     * @param id also its idempotency key
     * @param key of the sender's object
     * @param seq its place among the events of the key
     * @param rule the rule that matches; empty for none
     */
    record Event(int n, String id, String key, int seq, String rule) {
        boolean matches() {
            return !rule.isEmpty();
        }

        /** What must keep its order: the key, or everything of a sequential ruleset. */
        String lane() {
            return rule.startsWith("s") ? "sequential" : key;
        }

        String json() {
            return "{\"id\":\"" + id + "\",\"key\":\"" + key + "\",\"seq\":" + seq + ",\"rule\":\"" + rule
                    + "\",\"filler\":\"" + "x".repeat(600) + "\"}";
        }
    }
}
