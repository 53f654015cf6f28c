// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** N-4: one idempotency key fifty times at once. */
final class SameKey implements Attack {
    private static final int TIMES = 50;
    private static final int ROUNDS = 4;

    @Override
    public String id() {
        return "N-4";
    }

    @Override
    public String title() {
        return "one idempotency key " + TIMES + " times at once, " + ROUNDS + " rounds";
    }

    @Override
    public List<String> run(Prey prey, Map<String, Object> numbers) {
        List<String> complaints = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            String name = "same-" + UUID.randomUUID();
            ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < TIMES; i++) {
                    executor.execute(() -> answers.add(answer(prey, name)));
                }
            }
            if (answers.size() != TIMES || new TreeSet<>(answers).size() != 1) {
                complaints.add("answers differ: " + new TreeSet<>(answers));
            }
            double ping = prey.ping(); // what was sent before it has been decided, for the log has one order
            long fired = prey.stage().target().effects().stream()
                    .filter(effect -> effect.id().equals(name))
                    .map(Target.Effect::key)
                    .distinct()
                    .count();
            if (ping < 0 || fired > 1) {
                complaints.add("it was acted on " + fired + " times");
            }
        }
        numbers.put("requests", TIMES * ROUNDS);
        return complaints;
    }

    private static String answer(Prey prey, String name) {
        try {
            var answer = prey.send(
                    ("{\"ping\":\"" + name + "\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    Map.of("Content-Type", "application/json", "Idempotency-Key", name));
            return answer.statusCode() + " "
                    + Rest.tree(answer.body()).path("event_id").asText();
        } catch (java.io.IOException e) {
            return "no answer: " + e.getMessage();
        }
    }
}
