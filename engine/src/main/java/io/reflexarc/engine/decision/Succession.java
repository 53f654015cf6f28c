// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.activation.VersionChange.RuleChange;
import io.reflexarc.engine.session.Inheritance;
import io.reflexarc.engine.session.RulesetSession;
import io.reflexarc.engine.session.SessionState;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.Ruleset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One version of a rulebook takes the place of another: ruleset by ruleset, by name. What it replaces is closed. */
final class Succession {
    private final Map<String, RulesetPlace> places = new LinkedHashMap<>();
    private final List<RuleChange> changes = new ArrayList<>();

    Succession(Rulebook before, SessionPlan next, Map<String, RulesetPlace> running, Instant now) {
        Set<String> named = new HashSet<>();
        for (Ruleset ruleset : next.rulebook().rulesets()) {
            named.add(ruleset.name());
            RulesetPlace old = running.get(ruleset.name());
            RulesetSession session = old == null ? begin(ruleset, now) : follow(old, ruleset);
            places.put(ruleset.name(), RulesetPlace.of(next, ruleset, session));
        }
        for (Ruleset gone : before.rulesets()) {
            RulesetPlace place = running.get(gone.name());
            if (!named.contains(gone.name()) && place != null) {
                changes.addAll(Inheritance.lost(gone, place.session().state()));
                place.session().close();
            }
        }
    }

    private RulesetSession begin(Ruleset ruleset, Instant now) {
        changes.addAll(Inheritance.begun(ruleset));
        return RulesetSession.open(ruleset, now);
    }

    private RulesetSession follow(RulesetPlace old, Ruleset next) {
        SessionState state = old.session().state();
        Inheritance.Inherited inherited = Inheritance.of(old.ruleset(), next, state);
        changes.addAll(inherited.changes());
        old.session().close();
        return inherited.session();
    }

    /** The rulesets of the next version, in its order. */
    Map<String, RulesetPlace> places() {
        return places;
    }

    /** What became of every rule. */
    List<RuleChange> changes() {
        return changes;
    }
}
