// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.rulebooks.Ruleset;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is compiled once for all sessions of one owner, which come one after the other. For one thread. */
public final class CompiledRulesets {
    private static final int MOST = 16;

    private final Map<Key, CompiledRuleset> compiled = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CompiledRuleset> eldest) {
            return size() > MOST;
        }
    };

    /** The ruleset, compiled now or earlier. */
    public CompiledRuleset of(Ruleset ruleset) {
        return of(ruleset, Map.of());
    }

    /** The same; see {@link CompiledRuleset#CompiledRuleset(Ruleset, Map)}. */
    public CompiledRuleset of(Ruleset ruleset, Map<String, Long> since) {
        return compiled.computeIfAbsent(
                new Key(ruleset, since), key -> new CompiledRuleset(key.ruleset(), key.since()));
    }

    private record Key(Ruleset ruleset, Map<String, Long> since) {}
}
