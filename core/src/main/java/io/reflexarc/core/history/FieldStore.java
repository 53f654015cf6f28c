// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.history;

import io.reflexarc.core.id.StreamId;
import io.vertx.core.Future;

/** Keeps what is known of the fields of each stream. */
public interface FieldStore {
    /** What is known; {@link StreamFields#NONE} when nothing is. */
    Future<StreamFields> read(StreamId stream);

    /** Replaces what is known. A stream that does not exist any more is left out. */
    Future<Void> write(StreamId stream, StreamFields fields);
}
