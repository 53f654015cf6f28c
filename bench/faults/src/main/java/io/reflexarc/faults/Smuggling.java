// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** N-7: requests whose end two readers would see at different places; the second one inside must never be taken. */
final class Smuggling implements Attack {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public String id() {
        return "N-7";
    }

    @Override
    public String title() {
        return "requests with two lengths, a length and chunks, bare line feeds, folded and odd headers";
    }

    @Override
    public List<String> run(Prey prey, Map<String, Object> numbers) {
        List<String> complaints = new ArrayList<>();
        Map<String, String> names = new LinkedHashMap<>();
        int cases = 0;
        int refused = 0;
        for (Map.Entry<String, String> head : heads().entrySet()) {
            cases++;
            String name = "smuggled-" + UUID.randomUUID();
            names.put(head.getKey(), name);
            String inner = "{\"ping\":\"" + name + "\"}";
            String second = prey.head("Content-Length: " + inner.length() + "\r\n\r\n" + inner);
            String chunked = "0\r\n\r\n" + second;
            String text = prey.head(head.getValue().replace("LENGTH", "" + chunked.length()) + "\r\n\r\n" + chunked);
            String line = prey.raw(text.getBytes(StandardCharsets.ISO_8859_1), PATIENCE)
                    .orElse("closed");
            if (line.contains(" 202 ")) {
                complaints.add(head.getKey() + " was answered with " + line);
            } else {
                refused++;
            }
        }
        numbers.put("cases", cases);
        numbers.put("refused", refused);
        double ping = prey.ping(); // whatever was taken before it has been decided by now
        names.forEach((what, name) -> {
            if (prey.stage().target().effects().stream()
                    .anyMatch(effect -> effect.id().equals(name))) {
                complaints.add(what + ": the request inside was taken");
            }
        });
        if (ping < 0) {
            complaints.add("afterwards an ordinary event is not acted on");
        }
        return complaints;
    }

    /** Header lines after which a second request follows an empty chunked body. */
    private static Map<String, String> heads() {
        Map<String, String> heads = new LinkedHashMap<>();
        heads.put("a length and chunks", "Content-Length: LENGTH\r\nTransfer-Encoding: chunked");
        heads.put("chunks and a length", "Transfer-Encoding: chunked\r\nContent-Length: LENGTH");
        heads.put("two lengths", "Content-Length: LENGTH\r\nContent-Length: 0");
        heads.put("two lengths in one line", "Content-Length: LENGTH, 0");
        heads.put(
                "chunks twice and a length",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\nContent-Length: 3");
        heads.put("an encoding that is none", "Transfer-Encoding: xchunked\r\nContent-Length: LENGTH");
        heads.put("chunks and identity", "Transfer-Encoding: chunked, identity\r\nContent-Length: LENGTH");
        heads.put("a blank before the colon", "Transfer-Encoding : chunked\r\nContent-Length: LENGTH");
        heads.put("a tab after the colon", "Transfer-Encoding:\tchunked\r\nContent-Length: LENGTH");
        heads.put("a folded line", "X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: -1");
        heads.put("a length with a sign", "Content-Length: +LENGTH");
        heads.put("a negative length", "Content-Length: -LENGTH");
        heads.put("a length in hexadecimals", "Content-Length: 0xLENGTH");
        heads.put("a length that is too long", "Content-Length: 99999999999999999999");
        heads.put("an empty length", "Content-Length: ");
        heads.put("a vertical tab in the encoding", "Transfer-Encoding: \u000bchunked\r\nContent-Length: LENGTH");
        return heads;
    }
}
