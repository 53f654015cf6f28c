// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.engine.compile.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which facts a retraction means. Values are equal only with equal types; 1 is not 1.0. */
final class Retraction {
    private Retraction() {}

    static boolean matches(Map<String, Object> fact, Map<String, Object> wanted, boolean partial) {
        if (partial) {
            return wanted.entrySet().stream()
                    .allMatch(entry -> fact.containsKey(entry.getKey())
                            && Objects.equals(fact.get(entry.getKey()), entry.getValue()));
        }
        return withoutMeta(fact).equals(withoutMeta(wanted));
    }

    private static Map<String, Object> withoutMeta(Map<String, Object> fields) {
        Map<String, Object> rest = new HashMap<>(fields);
        rest.remove("meta");
        return rest;
    }

    /** A match without any event shows the fact that went. */
    static RuleMatch shown(RuleMatch match, Item gone) {
        return match.matched().isEmpty()
                ? new RuleMatch(match.rule(), List.of(new MatchedEvent("m", gone.id(), gone.body())), match.at())
                : match;
    }
}
