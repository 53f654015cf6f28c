// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.decision.Decided;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * An activation is a function of its log: with its owner killed anywhere, answers lost and outcomes at any time, it decides
 * what an owner that nobody interrupts decides.
 */
class DeterminismTest {
    /** Each compiles its rulesets a dozen times; {@code -Dreflexarc.determinism.runs} asks for more. */
    private static final int RUNS = Integer.getInteger("reflexarc.determinism.runs", 100);

    private static final Rulebook RULEBOOK =
            new RulebookParser(Set.of("act"), StringTemplate.NONE).parse("""
                    - name: one
                      hosts: all
                      execution_strategy: sequential
                      sources:
                        - name: events
                          ansible.eda.webhook:
                      rules:
                        - name: act twice
                          condition: event.k == "a"
                          actions:
                            - act: {step: 1}
                            - debug: {msg: between}
                            - act: {step: 2, set_facts: true, post_events: true, ruleset: two}
                        - name: throttled
                          condition: event.k == "b"
                          throttle:
                            once_within: 7 seconds
                            group_by_attributes: [event.h]
                          action:
                            post_event: {ruleset: two, event: {k: posted}}
                        - name: pair
                          condition:
                            all:
                              - event.k == "c"
                              - event.k == "d"
                            timeout: 9 seconds
                          actions:
                            - act: {step: 3}
                            - set_fact: {ruleset: two, fact: {paired: true}}
                    - name: two
                      hosts: all
                      execution_strategy: parallel
                      sources:
                        - name: events
                          ansible.eda.webhook:
                      rules:
                        - name: missing
                          condition:
                            not_all:
                              - event.k == "c"
                              - event.k == "e"
                            timeout: 5 seconds
                          action:
                            act: {step: 4}
                        - name: collected
                          condition: event.k == "a"
                          throttle:
                            once_after: 6 seconds
                            group_by_attributes: [event.h]
                          actions:
                            - act: {step: 5}
                            - act: {step: 6}
                        - name: known
                          condition:
                            all:
                              - fact.paired == true
                              - event.k == "posted"
                          action:
                            retract_fact: {fact: {paired: true}}
                        - name: fed back
                          condition: event.answer == 42
                          action:
                            none: {}
                    """, "rulebook.yml", JsonText.EMPTY_OBJECT);

    @Test
    void decidesTheSameWhereverItsOwnerIsKilled() {
        int decisions = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            decisions += compare(seed);
        }
        // A test in which nothing happens would prove nothing.
        assertThat(decisions).isGreaterThan(RUNS);
    }

    private static int compare(int seed) {
        List<Happening> story = story(new Random(seed));
        var chances = new Random(~seed);
        Limits limits = limits(chances);
        try (CrashWorld calm = new CrashWorld(RULEBOOK, new Random(0), limits);
                CrashWorld troubled = new CrashWorld(RULEBOOK, chances, limits)) {
            story.forEach(happening -> {
                happening.happen(calm);
                calm.work();
            });
            story.forEach(happening -> {
                if (happening instanceof TaskEnds) {
                    troubled.calm();
                }
                happening.happen(troubled);
                trouble(troubled, chances);
            });
            troubled.calm();

            Decided replayed = troubled.replayed();
            assertThat(troubled.decisions()).as("rows, seed %d", seed).isEqualTo(replayed.decisions());
            assertThat(troubled.progress()).as("progress, seed %d", seed).isEqualTo(replayed.progress());
            assertThat(told(troubled))
                    .as("story, seed %d%ncalm:%n%s%ntroubled:%n%s", seed, calm.story(), troubled.story())
                    .isEqualTo(told(calm));
            assertThat(troubled.openTasks()).isEqualTo(calm.openTasks());
            return troubled.decisions().size();
        }
    }

    private static void trouble(CrashWorld world, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> world.work();
            case 1 -> world.kill();
            case 2 -> {
                // Nobody works for now.
            }
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

    private static List<Happening> story(Random random) {
        List<Happening> story = new ArrayList<>();
        int length = 5 + random.nextInt(20);
        for (int i = 0; i < length; i++) {
            story.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new TimePasses(Duration.ofMillis(500L * random.nextInt(14)));
                        case 1 -> new TaskEnds(random.nextInt(10), random.nextInt(3), random.nextInt(3) == 0);
                        default -> new EventArrives("abcde".charAt(random.nextInt(5)), random.nextInt(2));
                    });
        }
        return story;
    }

    /** What was decided, without what depends on places in the log. */
    private static List<String> told(CrashWorld world) {
        return world.decisions().stream().map(DeterminismTest::told).toList();
    }

    private static String told(Decision decision) {
        return decision.at() + " " + decision.ruleset() + "/" + decision.rule()
                + decision.matched().stream()
                        .map(event -> event.body().tree().path("k") + ""
                                + event.body().tree().path("h"))
                        .toList()
                + decision.actions().stream().map(DecidedAction::arguments).toList();
    }

    private sealed interface Happening {
        void happen(CrashWorld world);
    }

    private record EventArrives(char kind, int host) implements Happening {
        @Override
        public void happen(CrashWorld world) {
            world.event("{\"k\":\"" + kind + "\",\"h\":" + host + "}");
        }
    }

    private record TimePasses(Duration time) implements Happening {
        @Override
        public void happen(CrashWorld world) {
            world.pass(time);
        }
    }

    private record TaskEnds(int which, int state, boolean answers) implements Happening {
        private static final List<TaskState> STATES =
                List.of(TaskState.SUCCEEDED, TaskState.DEAD_LETTER, TaskState.CANCELLED);

        @Override
        public void happen(CrashWorld world) {
            if (world.openTasks() > 0) {
                Optional<JsonText> feedback =
                        answers ? Optional.of(JsonText.ofString("{\"answer\": 42}")) : Optional.empty();
                world.end(which % world.openTasks(), STATES.get(state), feedback);
            }
        }
    }
}
