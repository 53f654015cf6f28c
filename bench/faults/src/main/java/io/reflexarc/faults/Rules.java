// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** F-32, F-33, D-6, D-7, D-9: rulebooks that throw, wake themselves, are huge, multiply, or never end; others go on meanwhile. */
final class Rules implements Attack {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int POISON = 10;
    private static final int ORDINARY = 200;
    private static final int RULES = 10_000;

    private final Kind kind;

    Rules(Kind kind) {
        this.kind = kind;
    }

    @Override
    public String id() {
        return kind.id;
    }

    @Override
    public String title() {
        return kind.title;
    }

    @Override
    public List<String> run(Prey prey, Map<String, Object> numbers) throws Exception {
        List<String> complaints = new ArrayList<>();
        Cluster cluster = prey.stage().cluster();
        Cluster.Stream stream = cluster.stream(kind.id);
        String text = head() + kind.rules(prey.stage().target().port());
        var answer = prey.rest()
                .send("POST", "/api/eda/v1/rulebooks/", Map.of("name", kind.id + " tried", "rulesets", text));
        numbers.put("rulebook_answered", answer.statusCode());
        if (answer.statusCode() >= 500) {
            complaints.add("the rulebook was answered with " + answer.statusCode());
        }
        if (answer.statusCode() < 300) {
            long activation = cluster.activation(kind.id, text, stream);
            feed(prey, stream, activation, numbers, complaints);
        }
        double ping = prey.ping();
        numbers.put("ping_after_s", ping);
        if (ping < 0) {
            complaints.add("another activation of the process stands still");
        }
        if (!prey.rest().get("/api/eda/v1/rulebooks/?page_size=1").has("count")) {
            complaints.add("the API does not answer any more");
        }
        return complaints;
    }

    private void feed(
            Prey prey, Cluster.Stream stream, long activation, Map<String, Object> numbers, List<String> complaints)
            throws Exception {
        int events = kind == Kind.POISON ? ORDINARY : POISON;
        for (int i = 0; i < events; i++) {
            boolean bad = kind != Kind.POISON || i % (ORDINARY / POISON) == 0;
            String body = "{\"n\":" + i + ",\"bad\":" + bad + "}";
            prey.send(stream, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
        }
        // What makes the session fail is set aside; in the end everything was looked at
        Cluster cluster = prey.stage().cluster();
        String seen = "select coalesce(sum(events_seen), 0) from inboxes where activation_id = " + activation;
        boolean through = Stopwatch.until(PATIENCE, () -> Stopwatch.holds(() -> cluster.count(seen) >= events));
        numbers.put("events", events);
        numbers.put("seen", cluster.count(seen));
        numbers.put("status", cluster.status(activation));
        if (!through) {
            complaints.add("only " + cluster.count(seen) + " of " + events + " events were looked at");
        }
        if (kind == Kind.POISON) {
            String good = "select count(*) from decisions where activation_id = " + activation + " and rule = 'Good'";
            long wanted = ORDINARY - POISON;
            Stopwatch.until(PATIENCE, () -> Stopwatch.holds(() -> cluster.count(good) >= wanted));
            numbers.put("ordinary_decided", cluster.count(good));
            if (cluster.count(good) != wanted) {
                complaints.add(cluster.count(good) + " of " + wanted + " ordinary events were decided");
            }
        }
    }

    private static String head() {
        return """
                - name: Odd
                  hosts: all
                  sources:
                    - name: events
                      ansible.eda.webhook: {port: 5000}
                  rules:
                """;
    }

    /** What is odd about it. */
    enum Kind {
        POISON("F-32", "one event in twenty makes templates and conditions throw; the others are decided") {
            @Override
            String rules(int port) {
                return """
                            - name: Bad
                              condition: event.payload.bad == true
                              actions:
                                - debug: {msg: "{{ event.payload.missing.field.deep | int / 0 }}"}
                                - set_fact: {fact: "{{ no_such_thing() }}"}
                            - name: Good
                              condition: event.payload.bad == false and event.payload.n >= 0
                              action:
                                debug:
                        """;
            }
        },
        LOOP("F-33", "a rule that posts what wakes it") {
            @Override
            String rules(int port) {
                return """
                            - name: Again
                              condition: event.payload.n is defined or event.n is defined
                              action:
                                post_event: {event: {n: 1}}
                        """;
            }
        },
        MANY("D-6", "a rulebook of " + RULES + " rules") {
            @Override
            String rules(int port) {
                return IntStream.range(0, RULES)
                        .mapToObj(i -> "    - name: r" + i + "\n      condition: event.payload.k == \"v" + i
                                + "\"\n      action:\n        debug:\n")
                        .collect(Collectors.joining());
            }
        },
        PRODUCT("D-7", "a join of six conditions that are always true") {
            @Override
            String rules(int port) {
                return "    - name: Product\n      condition:\n        all:\n"
                        + IntStream.range(0, 6)
                                .mapToObj(i -> "          - events.e" + i + " << event.payload.n is defined\n")
                                .collect(Collectors.joining())
                        + "      action:\n        debug:\n";
            }
        },
        TEMPLATES("D-9", "templates that never end, or grow to a gigabyte") {
            @Override
            String rules(int port) {
                return """
                            - name: Endless
                              condition: event.payload.n is defined
                              actions:
                                - debug: {msg: "{% for a in range(1000000000) %}{{ a }}{% endfor %}"}
                                - debug: {msg: "{{ 'x' * 1000000000 }}"}
                                - debug: {msg: "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"}
                        """;
            }
        };

        private final String id;
        private final String title;

        Kind(String id, String title) {
            this.id = id;
            this.title = title;
        }

        abstract String rules(int port);
    }
}
