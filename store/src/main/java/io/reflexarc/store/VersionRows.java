// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.activation.VersionChange;
import io.reflexarc.core.activation.VersionChange.RuleChange;
import io.reflexarc.core.activation.VersionChange.State;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Rows that say which version decided when. */
final class VersionRows {
    private static final String INSERT = """
            insert into activation_versions (activation_id, part, entry_major, entry_minor, version_id, number, state,
                   requested_by, requested_at, live_at, reason, rules)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            on conflict (activation_id, part, entry_major, entry_minor) do
            """;

    /** Somebody asks for it; the owner may have been faster. */
    static final String REQUESTED = INSERT + "nothing";

    /** The owner says what became of it. */
    static final String DECIDED = INSERT + """
            update set state = excluded.state, live_at = excluded.live_at, reason = excluded.reason, rules = excluded.rules
            """;

    /** What decides from now on. */
    static final String LIVE = "update activations set rulebook_version_id = $2 where id = $1";

    static final String SELECT = """
            select entry_major, entry_minor, version_id, number, state, requested_by, requested_at, live_at, reason, rules
              from activation_versions
            """;

    private VersionRows() {}

    static Tuple arguments(InboxId inbox, VersionChange change) {
        return Tuple.tuple()
                .addLong(inbox.activation().value())
                .addInteger(inbox.partition())
                .addLong(change.entry().major())
                .addLong(change.entry().minor())
                .addLong(change.version())
                .addInteger(change.number())
                .addString(Columns.label(change.state()))
                .addString(Columns.readable(change.requestedBy()))
                .addValue(Columns.time(change.requestedAt()))
                .addValue(change.liveAt().map(Columns::time).orElse(null))
                .addString(Columns.readable(change.reason()))
                .addBuffer(Columns.bytes(JsonText.of(change.rules())));
    }

    static VersionChange change(Row row) {
        return new VersionChange(
                row.getLong("version_id"),
                row.getInteger("number"),
                new Position(row.getLong("entry_major"), row.getLong("entry_minor")),
                Columns.parse(State.class, row.getString("state")),
                row.getString("requested_by"),
                Columns.instant(row, "requested_at"),
                Columns.optionalInstant(row, "live_at"),
                row.getString("reason"),
                List.of(Columns.json(row, "rules").as(RuleChange[].class)));
    }
}
