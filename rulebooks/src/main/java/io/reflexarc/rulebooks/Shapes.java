// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import static io.reflexarc.rulebooks.ValueType.BOOLEAN;
import static io.reflexarc.rulebooks.ValueType.BOUND;
import static io.reflexarc.rulebooks.ValueType.CONDITION;
import static io.reflexarc.rulebooks.ValueType.DURATION;
import static io.reflexarc.rulebooks.ValueType.INTEGER;
import static io.reflexarc.rulebooks.ValueType.LIST;
import static io.reflexarc.rulebooks.ValueType.MAPPING;
import static io.reflexarc.rulebooks.ValueType.NAME;
import static io.reflexarc.rulebooks.ValueType.NUMBER;
import static io.reflexarc.rulebooks.ValueType.POSITIVE;
import static io.reflexarc.rulebooks.ValueType.SHUTDOWN_KIND;
import static io.reflexarc.rulebooks.ValueType.STRATEGY;
import static io.reflexarc.rulebooks.ValueType.STRING;
import static io.reflexarc.rulebooks.ValueType.STRINGS;
import static io.reflexarc.rulebooks.ValueType.STRING_OR_MAPPING;
import static io.reflexarc.rulebooks.ValueType.STRING_OR_STRINGS;
import static io.reflexarc.rulebooks.ValueType.TIME_TO_LIVE;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The keys of the language, as tables. */
final class Shapes {
    static final Shape RULESET = new Shape(
            "a ruleset",
            Map.of(
                    "name", STRING,
                    "hosts", STRING,
                    "sources", LIST,
                    "rules", LIST,
                    "gather_facts", BOOLEAN,
                    "default_events_ttl", TIME_TO_LIVE,
                    "execution_strategy", STRATEGY,
                    "match_multiple_rules", BOOLEAN,
                    "most_waiting_events", BOUND,
                    "most_combinations", BOUND),
            Set.of("name", "hosts", "sources", "rules"));

    static final Shape RULE = new Shape(
            "a rule",
            Map.of(
                    "name", NAME,
                    "condition", CONDITION,
                    "action", MAPPING,
                    "actions", LIST,
                    "enabled", BOOLEAN,
                    "throttle", MAPPING),
            Set.of("name", "condition"));

    static final Shape ALL = new Shape("all", Map.of("all", STRINGS, "timeout", DURATION), Set.of("all"));
    static final Shape ANY = new Shape("any", Map.of("any", STRINGS), Set.of("any"));
    static final Shape NOT_ALL =
            new Shape("not_all", Map.of("not_all", STRINGS, "timeout", DURATION), Set.of("not_all", "timeout"));

    static final Shape ONCE_WITHIN = throttle("once_within", Map.of("once_within", DURATION));
    static final Shape ONCE_AFTER = throttle("once_after", Map.of("once_after", DURATION));
    static final Shape ACCUMULATE_WITHIN =
            throttle("accumulate_within", Map.of("accumulate_within", DURATION, "threshold", POSITIVE));

    private static final Map<String, ValueType> RUN = Map.ofEntries(
            Map.entry("name", STRING),
            Map.entry("post_events", BOOLEAN),
            Map.entry("set_facts", BOOLEAN),
            Map.entry("retry", BOOLEAN),
            Map.entry("retries", INTEGER),
            Map.entry("delay", NUMBER),
            Map.entry("var_root", STRING_OR_MAPPING),
            Map.entry("lock", STRING));
    private static final Map<String, ValueType> ANSIBLE =
            with(RUN, Map.of("verbosity", INTEGER, "json_mode", BOOLEAN, "extra_vars", MAPPING));
    private static final Map<String, ValueType> TEMPLATE = with(
            RUN,
            Map.of(
                    "organization", STRING,
                    "job_args", MAPPING,
                    "include_events", BOOLEAN,
                    "ruleset", STRING,
                    "var_root", STRING,
                    "delay", INTEGER,
                    "labels", STRINGS,
                    "add_event_uuid_label", BOOLEAN));

    /** The actions of the original, with their arguments; {@code none} takes anything and is not here. */
    static final Map<String, Shape> ACTIONS = Map.of(
            "run_playbook",
                    new Shape(
                            "run_playbook",
                            with(ANSIBLE, Map.of("copy_files", BOOLEAN, "ruleset", STRING)),
                            Set.of("name")),
            "run_module",
                    new Shape("run_module", with(ANSIBLE, Map.of("module_args", STRING_OR_MAPPING)), Set.of("name")),
            "run_job_template", new Shape("run_job_template", TEMPLATE, Set.of("name", "organization")),
            "run_workflow_template", new Shape("run_workflow_template", TEMPLATE, Set.of("name", "organization")),
            "post_event", new Shape("post_event", Map.of("event", MAPPING, "ruleset", STRING), Set.of("event")),
            "set_fact", new Shape("set_fact", Map.of("fact", MAPPING, "ruleset", STRING), Set.of("fact")),
            "retract_fact",
                    new Shape(
                            "retract_fact",
                            Map.of("fact", MAPPING, "partial", BOOLEAN, "ruleset", STRING),
                            Set.of("fact")),
            "print_event", new Shape("print_event", Map.of("pretty", BOOLEAN, "var_root", STRING_OR_MAPPING), Set.of()),
            "debug", new Shape("debug", Map.of("msg", STRING_OR_STRINGS, "var", STRING), Set.of()),
            "shutdown",
                    new Shape("shutdown", Map.of("delay", NUMBER, "message", STRING, "kind", SHUTDOWN_KIND), Set.of()));

    private Shapes() {}

    /** As in the original, any throttle may name a threshold; only that of accumulate_within means something. */
    private static Shape throttle(String noun, Map<String, ValueType> own) {
        Map<String, ValueType> required = with(own, Map.of("group_by_attributes", STRINGS));
        return new Shape(noun, with(required, Map.of("threshold", POSITIVE)), required.keySet());
    }

    private static Map<String, ValueType> with(Map<String, ValueType> base, Map<String, ValueType> more) {
        Map<String, ValueType> keys = new HashMap<>(base);
        keys.putAll(more);
        return keys;
    }
}
