// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActivationRunTest {
    private static final Duration PACE = Duration.ofMillis(20);

    private static final Limits LIMITS =
            new Limits(10, 100, 1_000_000, 100, Duration.ofSeconds(100), PACE, Duration.ZERO, Duration.ofSeconds(5), 3);

    @Test
    void anOwnerThatWasReplacedCommitsNothing() {
        try (var world = new CrashWorld(rulebook("a"), new Random(1), LIMITS)) {
            world.event("{\"k\":\"a\"}");
            world.work();
            int before = world.decisions().size();
            ActivationRun old = world.abandon();
            world.event("{\"k\":\"a\"}");

            var stopped = catchThrowableOfType(Stopped.class, () -> {
                while (true) {
                    old.turn(Duration.ZERO);
                }
            });

            assertThat(stopped.reason()).isInstanceOf(Stopped.Reason.Fenced.class);
            assertThat(world.decisions()).hasSize(before);
            world.work();
            assertThat(world.decisions()).hasSize(before + 1);
        }
    }

    @Test
    void entriesThatComeInNumbersAreGatheredForTheNextCommitAndThoseThatComeOneByOneAreNot() {
        try (var world = new CrashWorld(rulebook("a"), new Random(1), LIMITS)) {
            world.work();
            world.pauses().clear();
            world.event("{\"k\":\"a\"}");
            world.work();
            world.event("{\"k\":\"a\"}");
            world.work();
            assertThat(world.pauses()).isEmpty();

            world.event("{\"k\":\"a\"}");
            world.event("{\"k\":\"a\"}");
            world.work();

            assertThat(world.pauses()).containsExactly(PACE);
        }
    }

    @Test
    void aReplayThatDecidesDifferentlyIsSaidAndCommitsNothing() {
        try (var world = new CrashWorld(rulebook("a"), new Random(1), LIMITS)) {
            world.event("{\"k\":\"a\"}");
            world.event("{\"k\":\"b\"}");
            world.work();
            int before = world.decisions().size();
            world.kill();
            world.plan(rulebook("b"));

            var error = catchThrowableOfType(Stopped.class, world::work);

            assertThat(error.reason()).isInstanceOf(Stopped.Reason.Diverged.class);
            assertThat(world.decisions()).hasSize(before);
        }
    }

    @Test
    void aSnapshotOfAnotherFormatIsNotPassedOver() {
        try (var world = new CrashWorld(rulebook("a"), new Random(1), LIMITS)) {
            world.event("{\"k\":\"a\"}");
            world.work();
            world.kill();
            world.comeFurther(0, Optional.of("session/0"));

            assertDiverged(world, "session/0");
        }
    }

    @Test
    void entriesThatWereDroppedButAreNeededAreSaid() {
        try (var world = new CrashWorld(rulebook("a"), new Random(1), LIMITS)) {
            world.event("{\"k\":\"a\"}");
            world.work();
            world.kill();
            world.loseEntries();

            assertDiverged(world, "were dropped from the log");
        }
    }

    @Test
    void aLogThatEndsBeforeThePositionIsSaid() {
        try (var world = new CrashWorld(rulebook("a"), new Random(1), LIMITS)) {
            world.event("{\"k\":\"a\"}");
            world.work();
            world.kill();
            world.comeFurther(1_000, Optional.empty());

            assertDiverged(world, "the log is older than the database");
        }
    }

    @Test
    void whereAnOperatorAcceptsItTheRowsStandAndTheSessionKeepsWhatItRemembers() {
        try (var world = new CrashWorld(rulebook("a"), new Random(1), LIMITS)) {
            world.event("{\"k\":\"up\"}");
            world.event("{\"k\":\"a\"}");
            world.work();
            assertThat(world.decisions()).hasSize(1);
            world.kill();
            world.plan(rulebook("b"));
            world.event("{\"k\":\"b\"}");
            assertDiverged(world, "");

            world.acceptReplay();
            world.work();
            assertThat(rules(world)).containsExactly("act", "act");

            world.pass(Duration.ofSeconds(10));
            world.work();
            assertThat(rules(world)).as("its window is still open").containsExactly("act", "act", "down");

            world.kill();
            world.event("{\"k\":\"b\"}");
            world.work();
            assertThat(rules(world)).as("a later owner recovers").hasSize(4);
        }
    }

    @Test
    void whereAnOperatorAcceptsItNothingWaitsForActionsOfBefore() {
        try (var world = new CrashWorld(rulebook("a"), new Random(1), LIMITS)) {
            world.event("{\"k\":\"a\"}");
            world.work();
            world.kill();
            world.plan(rulebook("a", "renamed"));
            assertDiverged(world, "");

            world.acceptReplay();
            world.event("{\"k\":\"a\"}");
            world.work();

            assertThat(rules(world)).containsExactly("act", "renamed");
            assertThat(world.openTasks()).isEqualTo(2);
        }
    }

    @Test
    void whereAnOperatorAcceptsItEntriesMayBeGone() {
        try (var world = new CrashWorld(rulebook("a"), new Random(1), LIMITS)) {
            world.event("{\"k\":\"a\"}");
            world.work();
            world.kill();
            world.loseEntries();
            assertDiverged(world, "were dropped from the log");

            world.acceptReplay();
            world.event("{\"k\":\"a\"}");
            world.work();

            assertThat(world.decisions()).hasSize(2);
        }
    }

    private static List<String> rules(CrashWorld world) {
        return world.decisions().stream().map(Decision::rule).toList();
    }

    private static void assertDiverged(CrashWorld world, String why) {
        var error = catchThrowableOfType(Stopped.class, world::work);
        assertThat(error.reason())
                .isInstanceOfSatisfying(
                        Stopped.Reason.Diverged.class,
                        diverged -> assertThat(diverged.difference()).contains(why));
    }

    @Test
    void aTimerIsDecidedWhenItsTickComesAndNotBefore() {
        try (var world = new CrashWorld(rulebook("a"), new Random(1), LIMITS)) {
            world.event("{\"k\":\"up\"}");
            world.work();
            world.pass(Duration.ofSeconds(9));
            world.work();
            assertThat(world.decisions()).isEmpty();

            world.pass(Duration.ofSeconds(5));
            world.work();

            assertThat(world.decisions()).hasSize(1);
            assertThat(world.decisions().getFirst().late()).isFalse();
            assertThat(world.story()).contains("Tick");
        }
    }

    private static Rulebook rulebook(String kind) {
        return rulebook(kind, "act");
    }

    private static Rulebook rulebook(String kind, String name) {
        return new RulebookParser(Set.of("act"), StringTemplate.NONE)
                .parse("""
                        - name: one
                          hosts: all
                          sources:
                            - name: events
                              ansible.eda.webhook:
                          rules:
                            - name: %s
                              condition: event.k == "%s"
                              action:
                                act: {}
                            - name: down
                              condition:
                                not_all:
                                  - event.k == "up"
                                  - event.k == "down"
                                timeout: 10 seconds
                              action:
                                act: {}
                        """.formatted(name, kind), "rulebook.yml", JsonText.EMPTY_OBJECT);
    }
}
