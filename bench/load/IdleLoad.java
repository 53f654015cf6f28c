// SPDX-License-Identifier: Apache-2.0
package load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;

/**
 * A webhook now and then on a site that does nothing else: how long until its action begins.
 *
 * <p>Arguments: facts.json data-dir server-pid target-port seconds. Started by bench/idle.
 */
final class IdleLoad {
    private static final int RATE = 5;
    private static final int DRAIN_SECONDS = 60;
    private static final int WARM_UP_SECONDS = 30;

    private IdleLoad() {}

    public static void main(String[] arguments) throws Exception {
        Site site = new Site(Path.of(arguments[0]), Path.of(arguments[1]), Long.parseLong(arguments[2]));
        int port = Integer.parseInt(arguments[3]);
        int seconds = Integer.parseInt(arguments[4]);
        Vertx vertx = Vertx.vertx();
        OpenLoop load = new OpenLoop(vertx, RATE, WARM_UP_SECONDS + seconds);
        CountingTarget target = new CountingTarget(vertx, port, load);
        JsonNode stream = site.stream("load");
        site.activate("load", ArcLoad.rulebook("parallel", port), stream);
        load.send(URI.create(stream.get("url").asText()), stream.get("generated_secret").asText());
        load.drain(DRAIN_SECONDS);
        target.await(load.acknowledged.count(), DRAIN_SECONDS);
        ObjectNode result = Site.JSON.createObjectNode().put("events", RATE * seconds);
        result.put("acted", target.acted.count()).put("repeated_actions", target.repeats.get());
        result.set("raw_ms", RawLimits.measure(vertx, site));
        result.set("ack_ms", load.acknowledged.percentiles(RATE * WARM_UP_SECONDS));
        result.set("action_ms", target.acted.percentiles(RATE * WARM_UP_SECONDS));
        System.out.println(result);
        System.exit(0);
    }
}
