// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.audit.TaskSummary;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurrentVersionTest {
    private static final Instant AT = Instant.parse("2026-10-01T00:00:00Z");
    private static final UUID ID = new UUID(1, 2);

    @Test
    void theSameActionAtTheSamePlaceTakesOver() {
        assertThat(chosen("call", 1, rule("call the target", "say", "call", "call"))
                        .index())
                .isEqualTo(1);
    }

    @Test
    void anActionIsFoundAgainWhereTheListHasMoved() {
        assertThat(chosen("call", 0, rule("call the target", "say", "call")).index())
                .isEqualTo(1);
    }

    @Test
    void whatTookItsPlaceTakesOverWhereTheActionIsGone() {
        assertThat(chosen("call", 1, rule("call the target", "say", "run")).name())
                .isEqualTo("run");
    }

    @Test
    void theLastDecisionOfTheRuleCounts() {
        assertThat(chosen("call", 0, rule("call the target", "say"), rule("call the target", "call"))
                        .name())
                .isEqualTo("call");
    }

    @Test
    void aRuleThatDoesNotMatchAnyMoreIsRefusedAndNamed() {
        assertThatThrownBy(() -> chosen("call", 0, rule("another", "call")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("\"call the target\" of version 7 does not match");
    }

    @Test
    void aShorterListWithoutTheActionIsRefused() {
        assertThatThrownBy(() -> chosen("call", 3, rule("call the target", "say")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("has no action call any more");
    }

    private static DecidedAction chosen(String action, int place, Decision... decisions) {
        return CurrentVersion.chosen(task(action, place), 7, List.of(decisions));
    }

    private static Decision rule(String name, String... actions) {
        List<DecidedAction> decided = IntStream.range(0, actions.length)
                .<DecidedAction>mapToObj(
                        i -> new DecidedAction.Own(i, actions[i], JsonText.EMPTY_OBJECT, Optional.empty()))
                .toList();
        return new Decision(new DecisionId(ID), new Position(1, 1), 0, "set", name, 0, AT, false, List.of(), decided);
    }

    private static TaskSummary task(String action, int place) {
        return new TaskSummary(
                new TaskId(ID),
                new DecisionId(ID),
                new ActivationId(1),
                "set",
                "call the target",
                place,
                action,
                JsonText.EMPTY_OBJECT,
                new TaskSummary.Terms(
                        "default", Optional.empty(), RetryPolicy.NONE, Duration.ofMinutes(1), "key", Optional.empty()),
                TaskState.DEAD_LETTER,
                1,
                1,
                "",
                AT,
                AT,
                Optional.of(AT),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
