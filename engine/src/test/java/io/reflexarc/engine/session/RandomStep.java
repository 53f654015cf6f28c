// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.RandomRules;
import java.util.ArrayList;
import java.util.List;

/** Something that happens to a session. */
@FunctionalInterface
interface RandomStep {
    List<RuleMatch> on(RulesetSession session);

    static RandomStep of(RandomRules random, int number) {
        JsonText body = random.event();
        EventId id = new EventId("e" + number);
        long millis = 100L * random.below(12);
        return switch (random.below(8)) {
            case 0 -> session -> session.fact(id, body);
            case 1 -> session -> session.retract(body, true);
            case 2, 3 -> session -> session.advanceTo(session.now().plusMillis(millis));
            case 4 -> session -> session.advanceTo(session.nextDue().orElse(session.now()));
            default ->
                session -> {
                    List<RuleMatch> matches =
                            new ArrayList<>(session.advanceTo(session.now().plusMillis(millis % 300)));
                    matches.addAll(session.event(id, body));
                    return matches;
                };
        };
    }
}
