// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import java.time.Instant;
import java.util.Optional;

/**
 * How often a rule matched in this session, its earlier lives included.
 *
 * @param rule name
 * @param matched reported matches
 * @param suppressed matches that a throttle swallowed or that another rule's match displaced
 * @param last session time of the last reported match
 */
public record RuleCount(String rule, long matched, long suppressed, Optional<Instant> last) {
    /** Whether it ever matched. */
    boolean any() {
        return matched > 0 || suppressed > 0;
    }
}
