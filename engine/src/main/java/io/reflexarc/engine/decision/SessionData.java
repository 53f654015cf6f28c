// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.engine.session.SessionState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A session between two entries, as a snapshot holds it.
 *
 * @param now session time
 * @param owner epoch of the last owner
 * @param phase whether it decides
 * @param closing when a graceful shutdown stops waiting
 * @param message what the shutdown said
 * @param rulesets working memory by ruleset
 * @param turns actions that have not ended
 */
record SessionData(
        Instant now,
        long owner,
        Phase phase,
        Optional<Instant> closing,
        String message,
        Map<String, SessionState> rulesets,
        List<Turn> turns) {
    /** The same with other memories. */
    SessionData holding(Map<String, SessionState> memories) {
        return new SessionData(now, owner, phase, closing, message, memories, turns);
    }
}
