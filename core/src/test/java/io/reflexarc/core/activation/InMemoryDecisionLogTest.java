// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InMemoryDecisionLogTest {
    private static final ActivationId ID = new ActivationId(1);
    private static final InboxId INBOX = InboxId.of(ID);
    private static final Position ONE = new Position(1, 0);
    private static final Duration LENGTH = Duration.ofSeconds(10);

    private Instant now = Instant.EPOCH.plusSeconds(100);
    private final InMemoryLeases leases = new InMemoryLeases(() -> now);
    private final InMemoryDecisionLog log = new InMemoryDecisionLog(leases, commit -> {});

    @Test
    void onlyTheNewestOwnerCommits() {
        Lease old = leases.claim(ID, "a", LENGTH).result().orElseThrow();
        assertThat(leases.claim(ID, "b", LENGTH).result()).isEmpty();
        now = now.plusSeconds(11);
        Lease young = leases.claim(ID, "b", LENGTH).result().orElseThrow();

        assertThat(log.commit(commit(old.epoch(), Position.START)).result()).isEqualTo(DecisionLog.Result.FENCED);
        assertThat(leases.renew(old, LENGTH).result()).isFalse();
        assertThat(log.progress(INBOX).result().position()).isEqualTo(Position.START);
        assertThat(log.commit(commit(young.epoch(), Position.START)).result()).isEqualTo(DecisionLog.Result.COMMITTED);
        assertThat(log.progress(INBOX).result().position()).isEqualTo(ONE);
    }

    @Test
    void aCommitThatStartsElsewhereIsRefused() {
        Lease lease = leases.claim(ID, "a", LENGTH).result().orElseThrow();
        log.commit(commit(lease.epoch(), Position.START));

        assertThat(log.commit(commit(lease.epoch(), Position.START)).failed()).isTrue();
        assertThat(log.decisions(INBOX, Position.START, ONE).result()).hasSize(1);
        assertThat(log.decisions(INBOX, ONE, new Position(9, 0)).result()).isEmpty();
    }

    private static Commit commit(long epoch, Position from) {
        var id = new DecisionId(new UUID(1, 1));
        var decision = new Decision(id, ONE, 0, "rs", "r", 1, Instant.EPOCH, false, List.of(), List.of());
        return new Commit(INBOX, epoch, from, ONE, List.of(decision), List.of(), Optional.empty(), 1);
    }
}
