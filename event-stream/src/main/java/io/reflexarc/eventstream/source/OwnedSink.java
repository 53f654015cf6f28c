// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

import io.reflexarc.core.log.NewEvent;
import java.util.List;

/**
 * Says with each event which owner's source it comes from, and tells its dedupe keys from those of the activation's other
 * sources.
 */
record OwnedSink(SourceSink sink, String source, long epoch) implements SourceSink {
    @Override
    public void accept(List<NewEvent> events) throws InterruptedException {
        sink.accept(events.stream().map(this::owned).toList());
    }

    private NewEvent owned(NewEvent event) {
        List<String> keys =
                event.dedupeKeys().stream().map(key -> source + "/" + key).toList();
        return new NewEvent(event.id(), event.receivedAt(), keys, event.body(), epoch);
    }
}
