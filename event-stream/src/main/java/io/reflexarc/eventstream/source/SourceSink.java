// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

import io.reflexarc.core.log.NewEvent;
import java.util.List;

/** Where the events of one source go. Called by several threads at once when the source emits on several. */
@FunctionalInterface
public interface SourceSink {
    /** Returns when they are accepted; waits while there is no room for them. */
    void accept(List<NewEvent> events) throws InterruptedException;
}
