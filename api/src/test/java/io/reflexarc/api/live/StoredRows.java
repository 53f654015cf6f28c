// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import io.reflexarc.api.InMemoryAudit;
import io.reflexarc.api.MutableClock;
import io.reflexarc.api.Samples;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.activation.InMemoryActivationStore;
import io.reflexarc.core.activation.InMemoryDecisionLog;
import io.reflexarc.core.activation.InMemoryLeases;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.rulebook.InMemoryRulebookStore;

/** What the hub reads for snapshots. */
final class StoredRows {
    private final MutableClock clock = new MutableClock();
    private final InMemoryAudit audit = new InMemoryAudit();
    private final InMemoryLeases leases = new InMemoryLeases(clock);
    private final ActivationStore activations = new InMemoryActivationStore(
            clock, new InMemoryRulebookStore(clock), leases, new InMemoryDecisionLog(leases, commit -> {}));

    ActivationStore activations() {
        return activations;
    }

    AuditLog audit() {
        return audit;
    }

    /** A decision whose task has printed this so far. */
    TaskId withOutput(String output) {
        Samples.decision(audit, output);
        return Samples.TASK;
    }
}
