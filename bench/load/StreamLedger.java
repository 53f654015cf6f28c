// SPDX-License-Identifier: Apache-2.0
package load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the log really holds: follows the history of a stream while it is written, past the product, and counts each event. Its
 * reads cost Redis a few microseconds an event, which the figures of Redis include.
 */
final class StreamLedger implements AutoCloseable {
    private static final int PAGE = 2_000;

    private final Redis redis;
    private final String key;
    private final Map<String, Integer> times = new HashMap<>();
    private final Thread follower;
    private volatile boolean closing;
    private String last = "0";

    /** Follows from now on. */
    StreamLedger(Vertx vertx, Site site, String stream) throws Exception {
        redis = site.redis(vertx);
        key = "reflexarc:history:" + stream;
        Response newest = ask(Request.cmd(Command.XREVRANGE).arg(key).arg("+").arg("-").arg("COUNT").arg(1));
        last = newest.size() == 0 ? "0" : newest.get(0).get(0).toString();
        follower = Thread.ofVirtual().start(this::follow);
    }

    private void follow() {
        try {
            while (page() || !closing) {
                if (!closing) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("the history of the stream cannot be read", e);
        }
    }

    /** Reads on; {@code true} when there may be more. */
    private boolean page() throws Exception {
        Response entries = ask(
                Request.cmd(Command.XRANGE).arg(key).arg("(" + last).arg("+").arg("COUNT").arg(PAGE));
        for (Response entry : entries) {
            last = entry.get(0).toString();
            times.merge(entry.get(1).get(1).toString(), 1, Integer::sum);
        }
        return entries.size() == PAGE;
    }

    private Response ask(Request request) throws Exception {
        return redis.send(request).toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** Each acknowledged event stands there once? Reads the rest first. */
    ObjectNode compare(OpenLoop load) throws Exception {
        close();
        int missing = 0;
        int twice = 0;
        Map<String, Integer> unexplained = new HashMap<>(times);
        for (int n = 0; n < load.total(); n++) {
            if (load.ids.get(n) != null) {
                int count = times.getOrDefault(load.ids.get(n), 0);
                missing += count == 0 ? 1 : 0;
                twice += count > 1 ? 1 : 0;
                if (unexplained.remove(load.ids.get(n)) == null && count > 0) {
                    twice++; // two requests were told the same event
                }
            }
        }
        return Site.JSON.createObjectNode()
                .put("stored", times.size())
                .put("acknowledged_but_missing", missing)
                .put("acknowledged_and_twice", twice)
                .put("stored_but_not_acknowledged", unexplained.size());
    }

    @Override
    public void close() throws Exception {
        closing = true;
        follower.join();
        redis.close();
    }
}
