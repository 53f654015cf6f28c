// SPDX-License-Identifier: Apache-2.0
package load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One author who types: the text of a large rulebook is validated again and again, one after the other.
 *
 * <p>Arguments: facts.json data-dir server-pid lines times. Started by bench/validate.
 */
final class ValidateLoad {
    private static final int WARM_UP = 100;

    private ValidateLoad() {}

    private static int seen;

    public static void main(String[] arguments) throws Exception {
        Site site = new Site(Path.of(arguments[0]), Path.of(arguments[1]), Long.parseLong(arguments[2]));
        String text = rulebook(Integer.parseInt(arguments[3]));
        int times = Integer.parseInt(arguments[4]);
        validate(site, text);
        double first = validate(site, text);
        for (int n = 0; n < WARM_UP; n++) {
            validate(site, text);
        }
        List<Double> before = site.cpu();
        double[] millis = new double[times];
        for (int n = 0; n < times; n++) {
            millis[n] = validate(site, text);
        }
        List<Double> after = site.cpu();
        Arrays.sort(millis);
        ObjectNode result = Site.JSON.createObjectNode();
        result.put("lines", text.lines().count()).put("bytes", text.length()).put("times", times);
        result.put("second_of_all_ms", Latencies.round(first));
        result.put("p50_ms", Latencies.round(millis[times / 2]));
        result.put("p95_ms", Latencies.round(millis[times * 95 / 100]));
        result.put("max_ms", Latencies.round(millis[times - 1]));
        result.put("server_cpu_ms_each", Latencies.round((after.getFirst() - before.getFirst()) * 1_000 / times));
        System.out.println(result);
        System.exit(0);
    }

    /** A text that was never seen, as after every key; one of its conditions names a field wrongly. */
    private static double validate(Site site, String text) throws Exception {
        ObjectNode body = Site.JSON.createObjectNode().put("rulesets", text + "# " + seen++ + "\n");
        long begun = System.nanoTime();
        JsonNode answer = site.post("/api/eda/v1/rulebooks/validate/", body);
        double millis = (System.nanoTime() - begun) / 1e6;
        if (!answer.get("valid").asBoolean()) {
            throw new IllegalStateException("the rulebook should be valid: " + answer);
        }
        return millis;
    }

    /** Ten lines a rule. */
    static String rulebook(int lines) {
        var text = new StringBuilder("""
                - name: Large
                  hosts: all
                  sources:
                    - name: events
                      ansible.eda.webhook: {port: 5000}
                  rules:
                """);
        for (int n = 0; n * 10 + 6 < lines; n++) {
            text.append("""
                        - name: Rule %d
                          condition:
                            any:
                              - event.payload.kind == "kind-%d" and event.payload.level > %d
                              - event.payload.labels.app is search("app-%d", ignorecase=true)
                          actions:
                            - debug:
                                msg: "rule %d saw {{ event.payload.kind }}"
                            - set_fact:
                                fact: {seen: "{{ event.payload.id }}", rule: %d}
                    """.formatted(n, n, n % 10, n, n, n).indent(0));
        }
        return text.toString();
    }
}
