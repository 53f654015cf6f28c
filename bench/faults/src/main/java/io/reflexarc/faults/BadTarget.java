// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import io.reflexarc.faults.Target.Effect;
import io.reflexarc.faults.Target.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** F-13 and F-15 to F-17: a target of its own that is slow, broken, busy or mute, and what the actions do about it. */
final class BadTarget implements Attack {
    private static final int EVENTS = 20;
    private static final Duration BROKEN = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final double RETRY_AFTER = 6.8;

    private final String id;
    private final Mode mode;

    BadTarget(String id, Mode mode) {
        this.id = id;
        this.mode = mode;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return switch (mode) {
            case SLOW -> "a target that takes 30 s: other rules do not wait for it";
            case BROKEN ->
                "a target that answers 500 for " + BROKEN.toSeconds()
                        + " s: in the end all succeed, dead letters after a retry by hand";
            case BUSY -> "a target that answers 429 with Retry-After: 7";
            case MUTE, HALF -> "a target that does it and closes without an answer: repeated with the same key";
            case OK -> "a good target";
        };
    }

    @Override
    public List<String> run(Prey prey, Map<String, Object> numbers) throws Exception {
        Path file = prey.stage().cluster().folder().resolve("target-" + id + ".tsv");
        List<String> complaints = new ArrayList<>();
        try (Target target = Target.start(prey.stage().vertx(), prey.stage().watch(), file)) {
            Cluster.Stream stream = prey.stage().cluster().stream(id);
            long activation = prey.stage().cluster().activation(id, rulebook(target.port()), stream);
            target.mode(mode);
            double before = prey.ping();
            for (int i = 0; i < EVENTS; i++) {
                byte[] body =
                        ("{\"id\":\"" + UUID.randomUUID() + "\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
                prey.send(stream, body, Map.of("Content-Type", "application/json"));
            }
            Stopwatch.until(PATIENCE, () -> target.calls() > 0);
            if (mode == Mode.SLOW) {
                others(prey, target, before, numbers, complaints);
            } else {
                Stopwatch.pause(BROKEN);
            }
            target.mode(Mode.OK);
            if (mode == Mode.BROKEN) {
                revive(prey, activation, numbers, complaints);
            }
            String open = "select count(*) from tasks where activation_id = " + activation;
            if (!Stopwatch.until(PATIENCE, () -> prey.stage().cluster().count(open) == 0)) {
                complaints.add(prey.stage().cluster().count(open) + " actions have not ended");
            }
            judge(target.effects(), numbers, complaints);
        }
        return complaints;
    }

    private String rulebook(int port) {
        return """
                - name: Moody
                  hosts: all
                  sources:
                    - name: events
                      ansible.eda.webhook: {port: 5000}
                  rules:
                    - name: Call
                      condition: event.payload.id is defined
                      action:
                        http_request:
                          url: "http://127.0.0.1:%d/moody"
                          body: {id: "{{ event.payload.id }}", rule: moody}
                          expected_status: [204]
                          timeout: 60
                          retries: %d
                          delay: 1
                """.formatted(port, mode == Mode.BROKEN ? 2 : 50);
    }

    /** While calls hang, the actions of other rules go on as before. */
    private static void others(
            Prey prey, Target target, double before, Map<String, Object> numbers, List<String> complaints) {
        List<Double> during = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            during.add(prey.ping());
        }
        double slowest = during.stream().mapToDouble(time -> time).max().orElse(-1);
        numbers.put("others_before_s", before);
        numbers.put("others_meanwhile_max_s", slowest);
        numbers.put("hanging_calls", target.calls());
        if (during.contains(-1.0) || slowest > 25) {
            complaints.add("an action at another target waited for the slow one");
        }
    }

    private static void revive(Prey prey, long activation, Map<String, Object> numbers, List<String> complaints) {
        String of = "select count(*) from tasks where activation_id = " + activation + " and state ";
        // The circuit breaker lets only a few calls through: how many become dead letters depends on the moment
        Cluster cluster = prey.stage().cluster();
        if (!Stopwatch.until(PATIENCE, () -> cluster.count(of + "<> 'dead_letter'") == 0)) {
            complaints.add(
                    cluster.count(of + "<> 'dead_letter'") + " actions have neither succeeded nor become dead letters");
        }
        String dead = of + "= 'dead_letter'";
        numbers.put("dead_letters", prey.stage().cluster().count(dead));
        if (cluster.count(dead) > 0) {
            prey.rest().post("/api/eda/v1/tasks/retry/", Map.of("activation_id", activation));
        }
    }

    private void judge(List<Effect> effects, Map<String, Object> numbers, List<String> complaints) {
        Map<String, List<Effect>> calls = effects.stream().collect(Collectors.groupingBy(Effect::id));
        long keys = effects.stream().map(Effect::key).distinct().count();
        int most = calls.values().stream().mapToInt(List::size).max().orElse(0);
        numbers.put("calls", effects.size());
        numbers.put("calls_of_one_at_most", most);
        if (calls.size() != EVENTS || keys != EVENTS) {
            complaints.add(EVENTS + " events had effects for " + calls.size() + " of them with " + keys + " keys");
        }
        if (mode == Mode.MUTE && calls.values().stream().noneMatch(list -> list.size() > 1)) {
            complaints.add("nothing was repeated");
        }
        if (mode == Mode.BUSY) {
            double least = calls.values().stream()
                    .flatMap(list -> java.util.stream.IntStream.range(1, list.size())
                            .mapToObj(i -> (list.get(i).at() - list.get(i - 1).at()) / 1e6))
                    .mapToDouble(seconds -> seconds)
                    .min()
                    .orElse(-1);
            numbers.put("repeated_after_s_at_least", Measures.round(least));
            if (least < RETRY_AFTER) {
                complaints.add("a call was repeated after " + Measures.round(least) + " s");
            }
        }
    }
}
