// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.history;

import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which streams there are whose events are kept. */
@FunctionalInterface
public interface RecordedStreams {
    /** Event streams, and what the sources bring that activations run themselves. */
    Future<List<RecordedStream>> list();

    /** Event streams alone. */
    static RecordedStreams of(EventStreamStore streams) {
        return () -> named(streams, 1, new ArrayList<>());
    }

    private static Future<List<RecordedStream>> named(
            EventStreamStore streams, int number, List<RecordedStream> found) {
        return streams.list(new PageRequest(number, PageRequest.MAX_SIZE, Map.of()))
                .compose(page -> {
                    page.items().stream().map(RecordedStream::of).forEach(found::add);
                    return isLast(page) ? Future.succeededFuture(found) : named(streams, number + 1, found);
                });
    }

    private static boolean isLast(Page<EventStream> page) {
        return page.items().size() < PageRequest.MAX_SIZE;
    }
}
