// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** D-3 and D-4: more than the limit, told beforehand, in chunks, or hidden in a compressed body. */
final class BigBodies implements Attack {
    private static final int BIG = 10 << 20;
    private static final int BOMB = 256 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final boolean compressed;

    BigBodies(boolean compressed) {
        this.compressed = compressed;
    }

    @Override
    public String id() {
        return compressed ? "D-4" : "D-3";
    }

    @Override
    public String title() {
        return compressed
                ? "compressed bodies that grow a thousandfold"
                : "an event of 10 MB, with its length and in chunks";
    }

    @Override
    public List<String> run(Prey prey, Map<String, Object> numbers) throws Exception {
        List<String> complaints = new ArrayList<>();
        long before = prey.stage().cluster().resident().getOrDefault(Part.INGRESS, 0L);
        if (compressed) {
            bombs(prey, complaints);
        } else {
            big(prey, complaints);
        }
        numbers.put(
                "ingress_grew_mb",
                Math.round((prey.stage().cluster().resident().getOrDefault(Part.INGRESS, 0L) - before) / 1024.0));
        double ping = prey.ping();
        numbers.put("ping_after_s", ping);
        if (ping < 0) {
            complaints.add("afterwards an ordinary event is not acted on");
        }
        return complaints;
    }

    private static void big(Prey prey, List<String> complaints) {
        String body = "{\"a\":\"" + "x".repeat(BIG) + "\"}";
        // Only the head is sent: whoever waits for the body before he refuses does not answer
        expect(
                complaints,
                "10 MB announced",
                "413",
                prey.raw(
                                prey.head("Content-Length: " + body.length() + "\r\n\r\n")
                                        .getBytes(StandardCharsets.UTF_8),
                                PATIENCE)
                        .orElse("no answer"));
        StringBuilder chunks = new StringBuilder(prey.head("Transfer-Encoding: chunked\r\n\r\n"));
        int size = 64 << 10;
        for (int at = 0; at < body.length(); at += size) {
            String chunk = body.substring(at, Math.min(body.length(), at + size));
            chunks.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        chunks.append("0\r\n\r\n");
        expect(
                complaints,
                "10 MB in chunks",
                "413",
                prey.raw(chunks.toString().getBytes(StandardCharsets.UTF_8), PATIENCE)
                        .orElse("no answer"));
    }

    private static void bombs(Prey prey, List<String> complaints) throws IOException {
        byte[] bomb = gzip(new byte[1 << 20], BOMB >> 20);
        for (Map.Entry<String, byte[]> sent :
                Map.of("a bomb", bomb, "a bomb in a bomb", gzip(bomb, 1)).entrySet()) {
            var answer =
                    prey.send(sent.getValue(), Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"));
            if (answer.statusCode() != 413 && answer.statusCode() != 415) {
                complaints.add(sent.getKey() + " was answered with " + answer.statusCode());
            }
        }
        var deflated = prey.send(bomb, Map.of("Content-Type", "application/json", "Content-Encoding", "deflate"));
        if (deflated.statusCode() != 413 && deflated.statusCode() != 415) {
            complaints.add("deflate was answered with " + deflated.statusCode());
        }
    }

    private static byte[] gzip(byte[] block, int times) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            for (int i = 0; i < times; i++) {
                gzip.write(block);
            }
        }
        return out.toByteArray();
    }

    private static void expect(List<String> complaints, String what, String status, String line) {
        if (!line.contains(" " + status + " ")) {
            complaints.add(what + " was answered with: " + line);
        }
    }
}
