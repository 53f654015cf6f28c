// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where everything stood in one moment: what a backup holds ends there.
 *
 * @param incarnation of the log, or nothing
 * @param inboxes by name
 * @param streams by name
 */
record LogCut(String incarnation, Map<String, Part> inboxes, Map<String, Part> streams) {
    static LogCut of(List<String> inboxes, List<String> streams, Response answer) {
        Map<String, Part> cutInboxes = new LinkedHashMap<>();
        Map<String, Part> cutStreams = new LinkedHashMap<>();
        int at = 1;
        for (String inbox : inboxes) {
            Response one = answer.get(at++);
            cutInboxes.put(
                    inbox,
                    new Part(
                            one.get(0).toString(),
                            pairs(one.get(1)),
                            one.get(2).stream().map(Response::toString).toList()));
        }
        for (String stream : streams) {
            Response one = answer.get(at++);
            cutStreams.put(stream, new Part(one.get(0).toString(), pairs(one.get(1)), List.of()));
        }
        return new LogCut(answer.get(0).toString(), cutInboxes, cutStreams);
    }

    private static Map<String, String> pairs(Response flat) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            pairs.put(flat.get(i).toString(), flat.get(i + 1).toString());
        }
        return pairs;
    }

    /**
     * An inbox or a stream.
     *
     * @param last position of its last entry, or nothing
     * @param counts of what it holds
     * @param bound streams, of an inbox
     */
    record Part(String last, Map<String, String> counts, List<String> bound) {}
}
