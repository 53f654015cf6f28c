// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.engine.RandomRules;
import io.reflexarc.engine.compile.CompiledRuleset;
import io.reflexarc.rulebooks.Ruleset;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session that keeps from Drools what needs no memory decides like one whose Drools gets every rule and every event. */
class SieveTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void decidesLikeASessionWhoseDroolsSeesEverything() {
        int matches = 0;
        for (long seed = 1000; seed < 1200; seed++) {
            RandomRules random = new RandomRules(seed);
            Ruleset ruleset = random.ruleset();
            try (RulesetSession sieved = RulesetSession.open(ruleset, START);
                    RulesetSession whole = RulesetSession.open(ruleset, new CompiledRuleset(ruleset, true), START)) {
                for (int i = 0; i < 40; i++) {
                    RandomStep step = RandomStep.of(random, i);
                    List<RuleMatch> expected = step.on(whole);
                    matches += expected.size();

                    assertThat(step.on(sieved))
                            .as("seed %d step %d of %s", seed, i, ruleset)
                            .isEqualTo(expected);
                    assertThat(sieved.nextDue()).isEqualTo(whole.nextDue());
                    assertThat(sieved.state())
                            .as("seed %d step %d of %s", seed, i, ruleset)
                            .isEqualTo(whole.state());
                }
            }
        }
        assertThat(matches).isGreaterThan(800);
    }
}
