// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.RandomRules;
import io.reflexarc.rulebooks.Ruleset;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session that is stored and restored at any point decides like one that was not. */
class RestoredSessionTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void decidesLikeAnUninterruptedSession() {
        int matches = 0;
        int restarts = 0;
        for (long seed = 0; seed < 80; seed++) {
            RandomRules random = new RandomRules(seed);
            Ruleset ruleset = random.ruleset();
            RulesetSession whole = RulesetSession.open(ruleset, START);
            RulesetSession broken = RulesetSession.open(ruleset, START);
            for (int i = 0; i < 40; i++) {
                RandomStep step = RandomStep.of(random, i);
                List<RuleMatch> expected = step.on(whole);
                matches += expected.size();

                assertThat(step.on(broken))
                        .as("seed %d step %d of %s", seed, i, ruleset)
                        .isEqualTo(expected);

                if (random.below(8) == 0) {
                    SessionState state = written(broken.state());
                    broken.close();
                    broken = RulesetSession.restore(ruleset, state);
                    restarts++;
                }
                assertThat(broken.nextDue()).isEqualTo(whole.nextDue());
                assertThat(broken.state()).as("seed %d step %d", seed, i).isEqualTo(whole.state());
            }
            whole.close();
            broken.close();
        }
        assertThat(matches).isGreaterThan(300);
        assertThat(restarts).isGreaterThan(250);
    }

    /** As a snapshot holds it. */
    private static SessionState written(SessionState state) {
        return JsonText.of(state).as(SessionState.class);
    }
}
