// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** D-8: regular expressions that take exponential time where a matcher tries every way, on texts of 30 kB. */
final class EvilPatterns implements Attack {
    private static final int LENGTH = 30_000;
    private static final double SECONDS = 300;
    private static final List<String> PATTERNS = List.of(
            "^(a+)+$",
            "^(a|aa)+$",
            "^(a|a?)+$",
            "^(.*a){20}$",
            "^([a-zA-Z]+)*$",
            "^(a*)*b$",
            "^(a+){10}$",
            "(a+)+b",
            "(a|b|ab)*c",
            "^(([a-z])+.)+[A-Z]([a-z])+$",
            "(x+x+)+y",
            "^(\\\\w+\\\\s?)*$",
            "^(\\\\d+)+$",
            "(.*)*(.*)*(.*)*=",
            "^(a?){40}a{40}$",
            "(a*a*)*$x",
            "^((a+)*)*!$",
            "([ab]*)*([ac]*)*d",
            "^.*.*.*.*.*.*=.*$",
            "(?:a+){2,}b",
            "^(?:(?:a{1,9}){1,9}){1,9}$",
            "\\\\s+$",
            "^(\\\\S+)+@$",
            "((a|b)+)+c",
            "^(\\\\w|\\\\d)+!$",
            "(\\\\w*)*@(\\\\w*)*\\\\.",
            "^(a.*)+b$",
            "(aa|aab?)*b!",
            "^(?=(a+))+b$",
            "(a{0,30}){0,30}b");

    @Override
    public String id() {
        return "D-8";
    }

    @Override
    public String title() {
        return "30 evil patterns on texts of 30 kB";
    }

    @Override
    public List<String> run(Prey prey, Map<String, Object> numbers) throws Exception {
        List<String> complaints = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        int refused = 0;
        for (String pattern : PATTERNS) {
            var answer = prey.rest()
                    .send(
                            "POST",
                            "/api/eda/v1/rulebooks/",
                            Map.of("name", "evil " + pattern, "rulesets", rulebook(List.of(pattern), 1)));
            if (answer.statusCode() < 300) {
                taken.add(pattern);
            } else if (answer.statusCode() < 500) {
                refused++;
            } else {
                complaints.add(pattern + " was answered with " + answer.statusCode());
            }
        }
        Cluster cluster = prey.stage().cluster();
        cluster.activation("evil", rulebook(taken, prey.stage().target().port()), prey.stream());
        for (String text : List.of(
                "a".repeat(LENGTH) + "!",
                "ab".repeat(LENGTH / 2) + "!",
                "x".repeat(LENGTH),
                "1 ".repeat(LENGTH / 2) + "!")) {
            if (prey.send("{\"text\":\"" + text + "\"}").statusCode() != 202) {
                complaints.add("a text of 30 kB was not taken");
            }
        }
        // The other activation shares the process, the evil one must come to its own end, too
        double ping = prey.ping();
        boolean through = Stopwatch.until(
                java.time.Duration.ofSeconds((long) SECONDS),
                () -> prey.stage().target().acted("evil"));
        numbers.put("patterns", PATTERNS.size());
        numbers.put("refused_when_loaded", refused);
        numbers.put("ping_after_s", ping);
        if (ping < 0) {
            complaints.add("another activation of the process stands still");
        }
        if (!through) {
            complaints.add("the activation with the patterns does not get through");
        }
        return complaints;
    }

    private static String rulebook(List<String> patterns, int port) {
        StringBuilder text = new StringBuilder("""
                - name: Evil
                  hosts: all
                  sources:
                    - name: events
                      ansible.eda.webhook: {port: 5000}
                  rules:
                    - name: End
                      condition: event.payload.ping is defined and event.payload.ping != ""
                      action:
                        http_request:
                          url: "http://127.0.0.1:%d/ping"
                          body: {id: evil, rule: evil-end}
                          expected_status: [204]
                          retries: 50
                """.formatted(port));
        int number = 0;
        for (String pattern : patterns) {
            text.append("    - name: Evil ")
                    .append(number++)
                    .append("\n      condition: |\n        event.payload.text is search(\"")
                    .append(pattern)
                    .append("\")\n      action:\n        debug:\n");
        }
        return text.toString();
    }
}
