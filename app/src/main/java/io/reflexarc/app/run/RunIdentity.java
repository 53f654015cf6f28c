// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.id.Incarnation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** What a run calls its rulesets, rules and firings in reports: ids that last as long as the run. */
public final class RunIdentity {
    private static final int MICROSECONDS = 1_000;

    private final Incarnation incarnation;

    RunIdentity(Incarnation incarnation) {
        this.incarnation = incarnation;
    }

    /** Of a ruleset. */
    public UUID ruleset(String ruleset) {
        return id(ruleset);
    }

    /** Of a rule. */
    public UUID rule(String ruleset, String rule) {
        return id(ruleset + "/" + rule);
    }

    private UUID id(String names) {
        return UUID.nameUUIDFromBytes((incarnation + "/" + names).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * When a decision was made. Who reads the reports tells the firings of a rule by it, so two decisions of one millisecond
     * differ in their microseconds.
     */
    public Instant firing(Decision decision) {
        return decision.at().plus((decision.entry().minor() + decision.ordinal()) % MICROSECONDS, ChronoUnit.MICROS);
    }
}
