// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.activation.RestartPolicy;
import io.reflexarc.engine.activation.ActivationLifecycle.Change;
import io.reflexarc.engine.activation.ActivationLifecycle.Row;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ActivationLifecycleTest {
    @Test
    void aChangeHasOneMeaningInEachStatus() {
        var pairs = ActivationLifecycle.table().stream()
                .map(row -> row.from() + " " + row.change())
                .toList();

        assertThat(pairs).doesNotHaveDuplicates();
    }

    @Test
    void everyStatusIsReachedAndEveryOneButDeletingIsLeft() {
        var all = EnumSet.complementOf(EnumSet.of(ActivationStatus.DELETING));

        assertThat(ActivationLifecycle.table().stream().map(Row::from).collect(Collectors.toSet()))
                .isEqualTo(all);
        assertThat(ActivationLifecycle.table().stream().map(Row::to).collect(Collectors.toSet()))
                .isEqualTo(all);
    }

    @Test
    void whateverItIsDoingItCanBeSwitchedOffAndOnAgain() {
        for (ActivationStatus from : Set.of(
                ActivationStatus.PENDING,
                ActivationStatus.STARTING,
                ActivationStatus.RUNNING,
                ActivationStatus.COMPLETED,
                ActivationStatus.FAILED,
                ActivationStatus.ERROR,
                ActivationStatus.DIVERGED)) {
            ActivationStatus off =
                    ActivationLifecycle.after(from, Change.DISABLE).orElseThrow();
            assertThat(off).isIn(ActivationStatus.STOPPING, ActivationStatus.STOPPED);
            assertThat(ActivationLifecycle.after(off, Change.ENABLE)).contains(ActivationStatus.PENDING);
        }
    }

    @Test
    void whatIsUnlawfulIsEmpty() {
        assertThat(ActivationLifecycle.after(ActivationStatus.DIVERGED, Change.CLAIM))
                .isEmpty();
        assertThat(ActivationLifecycle.after(ActivationStatus.COMPLETED, Change.READY))
                .isEmpty();
    }

    @Test
    void theRestartPolicySaysWhatIsTakenUpAgain() {
        assertThat(taken(RestartPolicy.ALWAYS)).contains(ActivationStatus.FAILED, ActivationStatus.COMPLETED);
        assertThat(taken(RestartPolicy.ON_FAILURE))
                .contains(ActivationStatus.FAILED)
                .doesNotContain(ActivationStatus.COMPLETED);
        assertThat(taken(RestartPolicy.NEVER)).doesNotContain(ActivationStatus.FAILED, ActivationStatus.COMPLETED);
        assertThat(taken(RestartPolicy.ALWAYS)).doesNotContain(ActivationStatus.DIVERGED, ActivationStatus.ERROR);
    }

    private static Set<ActivationStatus> taken(RestartPolicy policy) {
        return Arrays.stream(ActivationStatus.values())
                .filter(status -> ActivationLifecycle.takeUp(status, policy).isPresent())
                .collect(Collectors.toSet());
    }
}
