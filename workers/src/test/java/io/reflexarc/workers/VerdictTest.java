// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private final ActionTask task =
            Stage.task(new RetryPolicy(4, Duration.ofSeconds(1), 3, Duration.ofSeconds(20), 0.5));

    @Test
    void growsTheDelayAndShortensItByChance() {
        ActionOutcome.Failed failed = ActionOutcome.Failed.retryable("no");

        assertThat(delay(1, failed, 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(delay(2, failed, 0)).isEqualTo(Duration.ofSeconds(3));
        assertThat(delay(3, failed, 0)).isEqualTo(Duration.ofSeconds(9));
        assertThat(delay(3, failed, 0.5)).isEqualTo(Duration.ofMillis(6750));
    }

    @Test
    void waitsAsLongAsTheTargetAskedButNotLongerThanThePolicyAllows() {
        assertThat(delay(1, asking(7), 0.9)).isEqualTo(Duration.ofSeconds(7));
        assertThat(delay(1, asking(3600), 0)).isEqualTo(Duration.ofSeconds(20));
        assertThat(delay(3, asking(2), 0)).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void endsTheTaskWhenNoAttemptIsLeftOrNoneCanHelp() {
        assertThat(Verdict.of(task, 4, ActionOutcome.Failed.retryable("no"), 0))
                .isEqualTo(new Verdict.End(TaskState.DEAD_LETTER));
        assertThat(Verdict.of(task, 1, ActionOutcome.Failed.permanent("no"), 0))
                .isEqualTo(new Verdict.End(TaskState.FAILED));
        assertThat(Verdict.of(task, 4, Stage.WELL, 0)).isEqualTo(new Verdict.End(TaskState.SUCCEEDED));
    }

    private Duration delay(int attempt, ActionOutcome.Failed failed, double random) {
        return ((Verdict.Repeat) Verdict.of(task, attempt, failed, random)).delay();
    }

    private static ActionOutcome.Failed asking(long seconds) {
        return new ActionOutcome.Failed("busy", true, Optional.of(Duration.ofSeconds(seconds)), JsonText.EMPTY_OBJECT);
    }
}
