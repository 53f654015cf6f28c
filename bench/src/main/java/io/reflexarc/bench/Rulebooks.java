// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.bench;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.decision.SessionPlan;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;

/** Rulebooks of many rules, and the plan of a session that runs them. */
final class Rulebooks {
    static final StreamId STREAM = new StreamId(new UUID(0, 1));

    private Rulebooks() {}

    /** A rulebook whose n-th rule has the n-th condition and no action but {@code none}. */
    static String yaml(int rules, IntFunction<String> condition) {
        return yaml(rules, condition, 7200);
    }

    /** The same, with a time to live of events. */
    static String yaml(int rules, IntFunction<String> condition, int ttlSeconds) {
        StringBuilder yaml = new StringBuilder()
                .append("- name: bench\n  hosts: all\n  default_events_ttl: ")
                .append(ttlSeconds)
                .append(" seconds\n  sources:\n    - name: s\n      ansible.eda.range:\n        limit: 1\n")
                .append("  rules:\n");
        for (int i = 0; i < rules; i++) {
            yaml.append("    - name: rule ").append(i).append('\n');
            yaml.append("      condition:").append(condition.apply(i)).append('\n');
            yaml.append("      action:\n        none:\n");
        }
        return yaml.toString();
    }

    static Rulebook parsed(String yaml) {
        return new RulebookParser(Set.of(), StringTemplate.NONE).parse(yaml, "bench.yml", JsonText.EMPTY_OBJECT);
    }

    static SessionPlan plan(String yaml) {
        return new SessionPlan(
                InboxId.of(new ActivationId(1)),
                new Incarnation(new UUID(3, 3)),
                parsed(yaml),
                1,
                JsonText.EMPTY_OBJECT,
                Map.of("s", STREAM),
                ExecutionStrategy.SEQUENTIAL,
                new Templates(),
                new ActionCatalogue(List.of()));
    }
}
