// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store.backup;

import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a backup of the log must fit to.
 *
 * @param schema the newest migration, by its file
 * @param incarnation which log belongs to it; empty on a site that never started
 * @param inboxes how far each has been decided
 * @param versions ids of the rulebook versions that there are
 * @param keys which keys encrypted the secrets in it
 */
public record DatabaseFacts(
        String schema,
        Optional<Incarnation> incarnation,
        Map<InboxId, Decided> inboxes,
        Set<Long> versions,
        Set<String> keys) {
    public DatabaseFacts {
        inboxes = Map.copyOf(inboxes);
        versions = Set.copyOf(versions);
        keys = Set.copyOf(keys);
    }

    /**
     * How far an inbox has been decided.
     *
     * @param position up to here
     * @param needed entries after this one are read again by a recovery
     */
    public record Decided(Position position, Position needed) {}
}
