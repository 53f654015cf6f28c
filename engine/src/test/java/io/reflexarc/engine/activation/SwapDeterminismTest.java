// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.activation.VersionChange;
import io.reflexarc.core.activation.VersionChange.Fate;
import io.reflexarc.core.activation.VersionChange.RuleChange;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Versions put live at random places: the same text changes nothing, another one changes the same wherever the owner dies. */
class SwapDeterminismTest {
    private static final int RUNS = Integer.getInteger("reflexarc.determinism.runs", 15);
    private static final long SAME = 2;
    private static final long OTHER = 3;

    private static final String TEXT = """
            - name: one
              hosts: all
              sources: [{name: events, ansible.eda.webhook: {}}]
              rules:
                - name: pair
                  condition: {all: [event.k == "c", event.k == "d"], timeout: 9 seconds}
                  action: {set_fact: {ruleset: two, fact: {paired: true}}}
                - name: throttled
                  condition: event.k == "b"
                  throttle: {once_within: 7 seconds, group_by_attributes: [event.h]}
                  action: {post_event: {ruleset: two, event: {k: posted}}}
                - name: quiet
                  condition: event.alarm is not defined
                  action: {none: {}}
            - name: two
              hosts: all
              sources: [{name: events, ansible.eda.webhook: {}}]
              rules:
                - name: missing
                  condition: {not_all: [event.k == "c", event.k == "e"], timeout: 5 seconds}
                  action: {none: {}}
                - name: collected
                  condition: event.k == "a"
                  throttle: {once_after: 6 seconds, group_by_attributes: [event.h]}
                  action: {none: {}}
                - name: known
                  condition: {all: [fact.paired == true, event.k == "posted"]}
                  action: {retract_fact: {fact: {paired: true}}}
                - name: same host
                  condition: {all: [event.k == "a", event.h == events.m_0.h and event.k == "d"]}
                  action: {none: {}}
            """;

    /** One rule changed, two gone, two new. */
    private static final String OTHER_TEXT = TEXT.replace("timeout: 9 seconds", "timeout: 8 seconds")
            .replace("- name: quiet", "- name: silent")
            .replace("- name: missing", "- name: new")
            .replace(
                    "{not_all: [event.k == \"c\", event.k == \"e\"], timeout: 5 seconds}",
                    "{all: [event.k == \"a\", event.k == \"e\"]}");

    private static Rulebook rulebook(String text) {
        return new RulebookParser(Set.of(), StringTemplate.NONE).parse(text, "rulebook.yml", JsonText.EMPTY_OBJECT);
    }

    private static CrashWorld world(Random random, Limits limits) {
        CrashWorld world = new CrashWorld(rulebook(TEXT), random, limits);
        world.version(SAME, rulebook(TEXT));
        world.version(OTHER, rulebook(OTHER_TEXT));
        world.work(); // a rule that asks for absence decides by when the session began
        return world;
    }

    @Test
    void aVersionOfTheSameTextChangesNothing() {
        int decisions = 0;
        int swaps = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            var chances = new Random(~seed);
            List<Consumer<CrashWorld>> story = story(new Random(seed), 0);
            try (CrashWorld calm = world(new Random(0), limits(chances));
                    CrashWorld swapped = world(chances, limits(chances))) {
                for (Consumer<CrashWorld> happening : story) {
                    if (chances.nextInt(4) == 0) {
                        swapped.putLive(chances.nextBoolean() ? 1 : SAME);
                    }
                    happening.accept(calm);
                    happening.accept(swapped);
                    calm.work();
                    trouble(swapped, chances);
                    swapped.calm();
                }
                assertThat(told(swapped)).as("seed %d", seed).isEqualTo(told(calm));
                assertThat(swapped.changes())
                        .flatExtracting(VersionChange::rules)
                        .extracting(RuleChange::fate)
                        .allMatch(Fate.KEPT::equals);
                swaps += swapped.changes().size();
                decisions += told(calm).size();
            }
        }
        assertThat(decisions).isGreaterThan(RUNS);
        assertThat(swaps).isGreaterThan(RUNS);
    }

    @Test
    void anotherVersionDecidesTheSameWhereverItsOwnerIsKilled() {
        int changes = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            var chances = new Random(~seed);
            List<Consumer<CrashWorld>> story = story(new Random(seed), 5);
            try (CrashWorld calm = world(new Random(0), limits(chances));
                    CrashWorld troubled = world(chances, limits(chances))) {
                story.forEach(happening -> {
                    happening.accept(calm);
                    calm.work();
                    happening.accept(troubled);
                    trouble(troubled, chances);
                });
                troubled.calm();
                assertThat(troubled.decisions())
                        .as("rows, seed %d", seed)
                        .isEqualTo(troubled.replayed().decisions());
                assertThat(told(troubled))
                        .as("seed %d%ncalm:%n%s%ntroubled:%n%s", seed, calm.story(), troubled.story())
                        .isEqualTo(told(calm));
                assertThat(lost(troubled)).as("what was lost, seed %d", seed).isEqualTo(lost(calm));
                changes += troubled.changes().size();
            }
        }
        assertThat(changes).isGreaterThan(RUNS / 2);
    }

    private static void trouble(CrashWorld world, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> world.work();
            case 1 -> world.kill();
            default -> {
                world.arm(random.nextInt(14), random.nextInt(3) == 0 ? 0.2 : 0);
                world.work();
            }
        }
    }

    private static Limits limits(Random random) {
        return new Limits(
                1 + random.nextInt(4),
                1 + random.nextInt(10),
                100,
                1 + random.nextInt(8),
                Duration.ofSeconds(random.nextInt(4)),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(5),
                3);
    }

    private static List<Consumer<CrashWorld>> story(Random random, int versions) {
        List<Consumer<CrashWorld>> story = new ArrayList<>();
        int length = 5 + random.nextInt(20);
        for (int i = 0; i < length; i++) {
            int what = random.nextInt(16);
            if (what < versions) {
                long version = 1 + random.nextInt(3);
                story.add(world -> world.putLive(version));
            } else if (what < 9) {
                Duration time = Duration.ofMillis(500L * random.nextInt(8));
                story.add(world -> world.pass(time));
            } else {
                String body = "{\"k\":\"" + "abcde".charAt(random.nextInt(5)) + "\",\"h\":" + random.nextInt(2) + "}";
                story.add(world -> world.event(body));
            }
        }
        return story;
    }

    /** What was decided, without what depends on places in the log. */
    private static List<String> told(CrashWorld world) {
        return world.decisions().stream().map(SwapDeterminismTest::told).toList();
    }

    private static String told(Decision decision) {
        return decision.at() + " " + decision.ruleset() + "/" + decision.rule()
                + decision.matched().stream()
                        .map(event -> event.body().tree().path("k") + ""
                                + event.body().tree().path("h"))
                        .toList();
    }

    private static List<String> lost(CrashWorld world) {
        return world.changes().stream()
                .map(change -> change.version() + " " + change.rules())
                .toList();
    }
}
