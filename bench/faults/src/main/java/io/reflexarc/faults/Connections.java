// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** N-2 and N-3: clients that only hold a connection, and clients that go before the answer comes. */
final class Connections {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Connections() {}

    /** N-2. */
    record Idle(int count) implements Attack {
        @Override
        public String id() {
            return "N-2";
        }

        @Override
        public String title() {
            return count + " connections that send nothing; a new client is served";
        }

        @Override
        public List<String> run(Prey prey, Map<String, Object> numbers) throws Exception {
            List<Socket> sockets = new ArrayList<>();
            int refused = 0;
            try {
                for (int i = 0; i < count; i++) {
                    try {
                        sockets.add(prey.connect());
                    } catch (IOException e) {
                        refused++;
                    }
                }
                double ping = prey.ping();
                numbers.put("opened", sockets.size());
                numbers.put("refused", refused);
                numbers.put("ping_meanwhile_s", ping);
                return ping < 0 ? List.of("a new client is not served") : List.of();
            } finally {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
        }
    }

    /** N-3. */
    record Hasty(int count) implements Attack {
        @Override
        public String id() {
            return "N-3";
        }

        @Override
        public String title() {
            return count + " clients that close before the answer, and send again with the same key";
        }

        @Override
        public List<String> run(Prey prey, Map<String, Object> numbers) throws Exception {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = "hasty-" + UUID.randomUUID();
                names.add(name);
                String body = "{\"ping\":\"" + name + "\"}";
                String request = prey.head(
                        "Idempotency-Key: " + name + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                try (Socket socket = prey.connect()) {
                    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                }
            }
            for (String name : names) {
                prey.send(
                        ("{\"ping\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8),
                        Map.of("Content-Type", "application/json", "Idempotency-Key", name));
            }
            boolean all = Stopwatch.until(
                    PATIENCE, () -> names.stream().allMatch(prey.stage().target()::acted));
            double ping = prey.ping();
            long keys = prey.stage().target().effects().stream()
                    .filter(effect -> names.contains(effect.id()))
                    .map(Target.Effect::key)
                    .distinct()
                    .count();
            numbers.put("requests", 2 * count);
            numbers.put("effects", keys);
            numbers.put("ping_after_s", ping);
            return all && keys == count ? List.of() : List.of(count + " events had " + keys + " effects");
        }
    }
}
