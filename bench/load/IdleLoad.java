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
    private static final int WARM_UP_RATE = 100;
    private static final int WARM_UP_SECONDS = 40;

    private IdleLoad() {}

    public static void main(String[] arguments) throws Exception {
        Site site = new Site(Path.of(arguments[0]), Path.of(arguments[1]), Long.parseLong(arguments[2]));
        int port = Integer.parseInt(arguments[3]);
        int seconds = Integer.parseInt(arguments[4]);
        Vertx vertx = Vertx.vertx();
        CountingTarget target = new CountingTarget(vertx, port);
        JsonNode stream = site.stream("load");
        site.activate("load", ArcLoad.rulebook("parallel", port), stream);
        URI url = URI.create(stream.get("url").asText());
        String token = stream.get("generated_secret").asText();
        OpenLoop warmUp = new OpenLoop(vertx, WARM_UP_RATE, WARM_UP_SECONDS);
        Latencies warm = target.expect(warmUp);
        warmUp.send(url, token);
        CountingTarget.await(warm, warmUp.total(), DRAIN_SECONDS);

        OpenLoop load = new OpenLoop(vertx, RATE, seconds, RATE, warmUp.total());
        Latencies acted = target.expect(load);
        load.send(url, token);
        load.drain(DRAIN_SECONDS);
        CountingTarget.await(acted, load.acknowledged.count(), DRAIN_SECONDS);
        ObjectNode result = Site.JSON.createObjectNode().put("events", RATE * seconds);
        result.put("acted", acted.count()).put("repeated_actions", target.repeats.get());
        result.set("raw_ms", RawLimits.measure(vertx, site));
        result.set("ack_ms", load.acknowledged.percentiles(0));
        result.set("action_ms", acted.percentiles(0));
        System.out.println(result);
        System.exit(0);
    }
}
