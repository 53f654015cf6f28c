// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** D-1: bodies that are no JSON, half of one, in another encoding, or damaged at random. */
final class BadBodies implements Attack {
    private static final int AT_ONCE = 32;
    private static final String VALID =
            "{\"text\":\"a needle in a h\u00e4ystack\",\"number\":12.5,\"list\":[1,true,null,{\"deep\":{\"er\":[]}}],\"when\":\"2026-11-21\"}";

    private final int mutations;
    private final long seed;

    BadBodies(int mutations, long seed) {
        this.mutations = mutations;
        this.seed = seed;
    }

    @Override
    public String id() {
        return "D-1";
    }

    @Override
    public String title() {
        return "malformed bodies, and " + mutations + " damaged at random";
    }

    @Override
    public List<String> run(Prey prey, Map<String, Object> numbers) throws Exception {
        List<String> complaints = new ArrayList<>();
        for (Map.Entry<String, byte[]> bad : refused().entrySet()) {
            var answer = prey.send(bad.getValue(), Map.of("Content-Type", "application/json"));
            if (answer.statusCode() != 400) {
                complaints.add(bad.getKey() + " was answered with " + answer.statusCode() + " instead of 400");
            } else if (!answer.body().contains("\"detail\"")) {
                complaints.add(bad.getKey() + " was refused without a reason");
            }
        }
        // Any JSON value is an event of a generic stream; what is asked for is that none of them breaks anything
        for (String odd : List.of("42", "\"x\"", "[]", "null", "true", "[1,2]", "\uFEFF{\"bom\":1}")) {
            int status = prey.send(odd).statusCode();
            if (status != 202 && status != 400) {
                complaints.add(odd + " was answered with " + status);
            }
        }
        Map<String, Integer> statuses = mutate(prey);
        numbers.put("answers", statuses);
        statuses.keySet().stream()
                .filter(status -> !status.equals("202") && !status.startsWith("4"))
                .forEach(status -> complaints.add("a damaged body was answered with " + status));
        double ping = prey.ping();
        numbers.put("ping_after_s", ping);
        if (ping < 0) {
            complaints.add("afterwards an ordinary event is not acted on");
        }
        return complaints;
    }

    private static Map<String, byte[]> refused() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("an empty body", new byte[0]);
        bodies.put("half an object", "{\"a\":1".getBytes(StandardCharsets.UTF_8));
        bodies.put("a trailing comma", "{\"a\":1,}".getBytes(StandardCharsets.UTF_8));
        bodies.put("two values", "{} {}".getBytes(StandardCharsets.UTF_8));
        bodies.put("words", "not json".getBytes(StandardCharsets.UTF_8));
        bodies.put("single quotes", "{'a':1}".getBytes(StandardCharsets.UTF_8));
        bodies.put("NaN", "{\"a\":NaN}".getBytes(StandardCharsets.UTF_8));
        bodies.put("a form", "a=1&b=2".getBytes(StandardCharsets.UTF_8));
        bodies.put("cut UTF-8", new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'});
        bodies.put("UTF-16", "{\"a\":1}".getBytes(StandardCharsets.UTF_16));
        bodies.put("a zero byte", "{\"a\":\u00001}".getBytes(StandardCharsets.UTF_8));
        return bodies;
    }

    private Map<String, Integer> mutate(Prey prey) throws InterruptedException {
        Map<String, Integer> statuses = new ConcurrentHashMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        Semaphore open = new Semaphore(AT_ONCE);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < mutations; i++) {
                byte[] body = damaged(random);
                open.acquire();
                executor.execute(() -> {
                    statuses.merge(status(prey, body), 1, Integer::sum);
                    open.release();
                });
            }
        }
        return new TreeMap<>(statuses);
    }

    private static String status(Prey prey, byte[] body) {
        try {
            return Integer.toString(
                    prey.send(body, Map.of("Content-Type", "application/json")).statusCode());
        } catch (IOException e) {
            return "no answer";
        }
    }

    private static byte[] damaged(SplittableRandom random) {
        byte[] body = VALID.getBytes(StandardCharsets.UTF_8);
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(Math.max(1, body.length));
            switch (random.nextInt(4)) {
                case 0 -> body[Math.min(at, body.length - 1)] = (byte) random.nextInt(256);
                case 1 -> body = java.util.Arrays.copyOf(body, Math.max(1, at));
                case 2 -> body[Math.min(at, body.length - 1)] ^= (byte) (1 << random.nextInt(8));
                default -> {
                    byte[] longer = new byte[body.length + at];
                    System.arraycopy(body, 0, longer, 0, at);
                    System.arraycopy(body, 0, longer, at, body.length);
                    body = longer;
                }
            }
        }
        return body;
    }
}
