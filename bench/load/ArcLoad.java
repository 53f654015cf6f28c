// SPDX-License-Identifier: Apache-2.0
package load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Open-loop load on the whole arc: webhook → decision → HTTP action → audit. Driver and target are this one process, whose
 * CPU time is counted apart from the server's. What warms up is sent at half the rate, and done before anything is counted.
 *
 * <p>Arguments: facts.json data-dir server-pid target-port rate seconds strategy warm-up-seconds keys. Started by bench/arc.
 */
final class ArcLoad {
    private static final int DRAIN_SECONDS = 120;

    private ArcLoad() {}

    public static void main(String[] arguments) throws Exception {
        Site site = new Site(Path.of(arguments[0]), Path.of(arguments[1]), Long.parseLong(arguments[2]));
        int port = Integer.parseInt(arguments[3]);
        int rate = Integer.parseInt(arguments[4]);
        int seconds = Integer.parseInt(arguments[5]);
        String strategy = arguments[6];
        int warmUpSeconds = Integer.parseInt(arguments[7]);
        int keys = Integer.parseInt(arguments[8]);
        Vertx vertx = Vertx.vertx();
        CountingTarget target = new CountingTarget(vertx, port);
        JsonNode stream = site.stream("load");
        site.activate("load", rulebook(strategy, port), stream);
        URI url = URI.create(stream.get("url").asText());
        String token = stream.get("generated_secret").asText();
        OpenLoop warmUp = new OpenLoop(vertx, Math.max(1, rate / 2), warmUpSeconds, keys, 0);
        Latencies warm = target.expect(warmUp);
        warmUp.send(url, token);
        CountingTarget.await(warm, warmUp.total() - warmUp.refused.get(), DRAIN_SECONDS);

        OpenLoop load = new OpenLoop(vertx, rate, seconds, keys, warmUp.total());
        Latencies acted = target.expect(load);
        List<Double> server = site.cpu();
        double driver = Site.Cpu.own();
        load.send(url, token);
        int waiting = load.total() - load.refused.get() - acted.count();
        long since = System.nanoTime();
        CountingTarget.await(acted, load.total() - load.refused.get(), DRAIN_SECONDS);
        ObjectNode result = Site.JSON.createObjectNode();
        result.put("strategy", strategy).put("rate", rate).put("seconds", seconds).put("keys", keys);
        result.put("sent", load.total()).put("acknowledged", load.acknowledged.count()).put("refused", load.refused.get());
        int count = Math.max(1, acted.count());
        result.set("server_cpu_s_per_1000", Site.spent(server, site.cpu(), count));
        result.put("driver_cpu_s_per_1000", Latencies.round((Site.Cpu.own() - driver) * 1000 / count));
        result.put("waiting_when_the_last_was_sent", waiting).put("drain_seconds", Latencies.round((System.nanoTime() - since) / 1e9));
        TimeUnit.SECONDS.sleep(1);
        result.put("warm_up_events", warmUp.total()).put("decisions", site.decisions());
        result.put("acted", acted.count()).put("repeated_actions", target.repeats.get());
        result.set("ack_ms", load.acknowledged.percentiles(0));
        result.set("action_ms", acted.percentiles(0));
        System.out.println(result);
        System.exit(0);
    }

    static String rulebook(String strategy, int port) {
        return """
                - name: Load
                  hosts: all
                  execution_strategy: %s
                  sources:
                    - name: load
                      ansible.eda.webhook: {port: 5000}
                  rules:
                    - name: Call
                      condition: event.payload.kind == "load" and event.payload.n >= 0
                      action:
                        http_request:
                          url: "http://127.0.0.1:%d/{{ event.payload.n }}"
                          method: POST
                          expected_status: [204]
                          lock: "{{ event.payload.key }}"
                """.formatted(strategy, port);
    }
}
