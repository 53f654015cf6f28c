// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.VersionChange;
import io.reflexarc.core.activation.VersionChange.RuleChange;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.log.LogEntry.Control;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.engine.decision.SessionPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The versions of an activation's rulebook, each made ready to decide when it is asked for. */
@FunctionalInterface
interface Versions {
    /** Of an activation whose version never changes. */
    Versions NONE = version -> {
        throw new ProblemException(ProblemType.INVALID, "rulebook version " + version + " is not known here");
    };

    /** A version by its id; a problem of the caller's kind when this activation cannot run it. */
    Version of(long id);

    /**
     * What became of a version that was to be put live, as it is written down.
     *
     * @param live whether it was
     * @param at session time
     */
    default VersionChange change(
            LogEntry.Controlled entry, Control.Version asked, boolean live, Instant at, List<RuleChange> rules) {
        int number = 0;
        String reason = live ? "" : "the session could not be changed over to it";
        try {
            number = of(asked.version()).number();
        } catch (ProblemException e) {
            reason = e.detail();
        }
        return new VersionChange(
                asked.version(),
                number,
                entry.position(),
                live ? VersionChange.State.LIVE : VersionChange.State.REFUSED,
                asked.by(),
                entry.stamp(),
                Optional.of(at).filter(now -> live),
                reason,
                rules);
    }

    /**
     * A version ready to decide.
     *
     * @param number 1, 2, … within the rulebook
     * @param plan what decides
     */
    record Version(int number, SessionPlan plan) {}
}
