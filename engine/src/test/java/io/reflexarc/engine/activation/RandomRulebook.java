// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import java.util.List;
import java.util.Random;

/**
 * Rulebooks whose rules meet often, with everything in them that remembers: joins, windows, throttles, facts, posts, orders of
 * actions. The same seed gives the same.
 */
public final class RandomRulebook {
    private static final List<String> RULESETS = List.of("one", "two", "three");
    private static final List<String> KINDS = List.of("a", "b", "c", "d", "e");

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private int rulesets;

    private RandomRulebook(long seed) {
        random = new Random(seed * 31 + 7);
    }

    public static String text(long seed) {
        return new RandomRulebook(seed).write();
    }

    private String write() {
        rulesets = 1 + random.nextInt(RULESETS.size());
        for (int i = 0; i < rulesets; i++) {
            ruleset(RULESETS.get(i));
        }
        return text.toString();
    }

    private void ruleset(String name) {
        line("- name: " + name);
        line("  hosts: all");
        if (random.nextBoolean()) {
            line("  execution_strategy: " + (random.nextBoolean() ? "sequential" : "parallel"));
        }
        line("  default_events_ttl: " + (3 + random.nextInt(20)) + " seconds");
        line("  match_multiple_rules: " + (random.nextInt(3) == 0));
        line("  sources:");
        line("    - name: " + (random.nextBoolean() ? "left" : "right"));
        line("      ansible.eda.webhook:");
        line("  rules:");
        int rules = 1 + random.nextInt(4);
        for (int i = 0; i < rules; i++) {
            line("    - name: " + name + " " + i);
            condition();
            line("      actions:");
            int actions = 1 + random.nextInt(3);
            for (int n = 0; n < actions; n++) {
                line("        - " + action());
            }
        }
    }

    private void condition() {
        switch (random.nextInt(11)) {
            case 0 -> line("      condition: " + simple());
            case 1 -> {
                line("      condition:");
                line("        any:");
                line("          - " + simple());
                line("          - " + simple());
            }
            case 2, 3 -> all(false);
            case 4 -> all(true);
            case 5, 6 -> {
                line("      condition:");
                line("        not_all:");
                line("          - " + simple());
                line("          - " + simple());
                line("        timeout: " + seconds());
            }
            case 7 -> throttled("once_within", "");
            case 8 -> throttled("once_after", "");
            case 9 -> throttled("accumulate_within", "        threshold: " + (2 + random.nextInt(2)));
            default ->
                line("      condition: " + (random.nextBoolean() ? "event.z is not defined" : "fact.f is not defined"));
        }
    }

    private void all(boolean timed) {
        line("      condition:");
        line("        all:");
        line("          - events.first << " + simple());
        line("          - " + simple() + (random.nextBoolean() ? " and event.h == events.first.h" : ""));
        if (random.nextInt(3) == 0) {
            line("          - " + simple());
        }
        if (timed) {
            line("        timeout: " + seconds());
        }
    }

    private void throttled(String kind, String more) {
        line("      condition: " + simple());
        line("      throttle:");
        line("        " + kind + ": " + seconds());
        if (!more.isEmpty()) {
            line(more);
        }
        line("        group_by_attributes: [" + (random.nextBoolean() ? "event.h" : "event.n") + "]");
    }

    private String simple() {
        return switch (random.nextInt(9)) {
            case 0 -> "event.n > " + random.nextInt(3);
            case 1 -> "event.k in [\"" + kind() + "\", \"" + kind() + "\"]";
            case 2 -> "fact.f == " + random.nextInt(2);
            case 3 -> "event.k == \"p\"";
            case 4 -> random.nextBoolean() ? "event.answer == 42" : "event.z is defined";
            default -> "event.k == \"" + kind() + "\"";
        };
    }

    private String action() {
        return switch (random.nextInt(10)) {
            case 0 -> "set_fact: {ruleset: " + target() + ", fact: {f: " + random.nextInt(2) + ", h: 0}}";
            case 1 -> "retract_fact: {ruleset: " + target() + ", fact: {f: " + random.nextInt(2) + "}}";
            case 2 -> "post_event: {ruleset: " + target() + ", event: {k: p, h: " + random.nextInt(2) + "}}";
            case 3 -> "debug: {msg: \"seen\"}";
            case 4 -> "act: {step: 1, set_facts: true, ruleset: " + target() + "}";
            case 5 -> "act: {step: 2, post_events: true, ruleset: " + target() + "}";
            case 6 -> random.nextInt(12) == 0 ? "shutdown: {delay: 5}" : "none: {}";
            case 7 -> "act: {seen: \"{{ event.w | default(event.n) }}\", chance: \"{{ range(9) | random }}\"}";
            default -> "act: {step: " + random.nextInt(9) + "}";
        };
    }

    private String target() {
        return RULESETS.get(random.nextInt(rulesets));
    }

    private String kind() {
        return KINDS.get(random.nextInt(KINDS.size()));
    }

    private String seconds() {
        return (1 + random.nextInt(9)) + " seconds";
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
