// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.history;

import io.reflexarc.core.id.StreamId;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;

/** Keeps what is known of the fields of each stream. */
public interface FieldStore {
    /** What is known; {@link StreamFields#NONE} when nothing is. */
    Future<StreamFields> read(StreamId stream);

    /** What is known of those of these streams that events came to last, the latest first. */
    Future<List<StreamFields>> latest(Collection<StreamId> streams, int most);

    /** Replaces what is known; it goes with the event stream or with the activation. One that is gone already is left out. */
    Future<Void> write(RecordedStream stream, StreamFields fields);
}
