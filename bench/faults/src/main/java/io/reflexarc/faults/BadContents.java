// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** D-2: valid JSON that is hard to hold: deep, wide, with numbers and characters that others lose. */
final class BadContents implements Attack {
    private static final int PIECES = 100_000;

    @Override
    public String id() {
        return "D-2";
    }

    @Override
    public String title() {
        return "10,000 levels, 100,000 keys, huge numbers, lone surrogates, NUL";
    }

    @Override
    public List<String> run(Prey prey, Map<String, Object> numbers) throws Exception {
        List<String> complaints = new ArrayList<>();
        long before = prey.stage().cluster().resident().getOrDefault(Part.INGRESS, 0L);
        refused(prey, complaints, "10,000 levels of lists", "[".repeat(10_000) + "]".repeat(10_000));
        refused(prey, complaints, "10,000 levels of objects", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000));
        refused(prey, complaints, "1e400", "{\"a\":1e400}");
        refused(prey, complaints, "a number of 10,000 digits", "{\"a\":" + "9".repeat(10_000) + "}");
        String wide =
                IntStream.range(0, PIECES).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
        unbroken(prey, complaints, "100,000 keys", wide);
        unbroken(prey, complaints, "equal keys", "{\"a\":1,\"a\":2}");
        unbroken(prey, complaints, "a lone surrogate", "{\"a\":\"\\ud800\"}");
        unbroken(prey, complaints, "NUL in a text that a rule reads", "{\"text\":\"needle\\u0000\",\"number\":2}");
        exact(prey, complaints, "9223372036854775808");
        exact(prey, complaints, "0.1234567890123456789");
        exact(prey, complaints, "-123456789012345678901234567890");
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

    private static void refused(Prey prey, List<String> complaints, String what, String body) throws Exception {
        int status = prey.send(body).statusCode();
        if (status != 400 && status != 413 && status != 422) {
            complaints.add(what + ": answered with " + status);
        }
    }

    private static void unbroken(Prey prey, List<String> complaints, String what, String body) throws Exception {
        int status = prey.send(body).statusCode();
        if (status >= 500) {
            complaints.add(what + ": answered with " + status);
        }
    }

    /** The number must come back as it was sent, or be refused. */
    private static void exact(Prey prey, List<String> complaints, String number) throws Exception {
        HttpResponse<String> answer = prey.send("{\"number\":" + number + ",\"exact\":true}");
        if (answer.statusCode() == 400) {
            return;
        }
        String id = Rest.tree(answer.body()).path("event_id").asText();
        String back = prey.rest()
                .send("GET", "/api/eda/v1/events/" + id + "/", Map.of())
                .body();
        if (!back.contains(number)) {
            complaints.add(number + " came back as another number");
        }
    }
}
