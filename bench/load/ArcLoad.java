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
 * CPU time is counted apart from the server's.
 *
 * <p>Arguments: facts.json data-dir server-pid target-port rate seconds strategy warm-up-seconds. Started by bench/arc.
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
        int warmUp = Integer.parseInt(arguments[7]);
        Vertx vertx = Vertx.vertx();
        OpenLoop load = new OpenLoop(vertx, rate, warmUp + seconds);
        CountingTarget target = new CountingTarget(vertx, port, load);
        Latencies acted = target.acted;
        JsonNode stream = site.stream("load");
        site.activate("load", rulebook(strategy, port), stream);
        Span span = new Span(site, warmUp, rate * warmUp, acted);
        load.send(URI.create(stream.get("url").asText()), stream.get("generated_secret").asText());
        int waiting = load.total() - load.refused.get() - acted.count();
        long since = System.nanoTime();
        target.await(load.total() - load.refused.get(), DRAIN_SECONDS);
        ObjectNode result = Site.JSON.createObjectNode();
        result.put("strategy", strategy).put("rate", rate).put("seconds", seconds).put("warm_up_seconds", warmUp);
        result.put("sent", load.total()).put("acknowledged", load.acknowledged.count()).put("refused", load.refused.get());
        span.tell(result);
        TimeUnit.SECONDS.sleep(1);
        result.put("decisions", site.decisions()).put("acted", acted.count()).put("repeated_actions", target.repeats.get());
        result.put("waiting_when_the_last_was_sent", waiting).put("drain_seconds", Latencies.round((System.nanoTime() - since) / 1e9));
        result.set("ack_ms", load.acknowledged.percentiles(rate * warmUp));
        result.set("action_ms", acted.percentiles(rate * warmUp));
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

    /** CPU time from the end of the warm-up to the moment it is told, by what was acted in between. */
    private static final class Span {
        private final Site site;
        private final Latencies acted;
        private volatile List<Double> server;
        private volatile double driver;
        private volatile int before;

        Span(Site site, int warmUp, int sentBefore, Latencies acted) throws Exception {
            this.site = site;
            this.acted = acted;
            begin();
            if (sentBefore > 0) {
                Thread.ofVirtual().start(() -> {
                    try {
                        TimeUnit.SECONDS.sleep(warmUp);
                        begin();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
        }

        private void begin() throws Exception {
            server = site.cpu();
            driver = Site.Cpu.own();
            before = acted.count();
        }

        void tell(ObjectNode result) throws Exception {
            int count = Math.max(1, acted.count() - before);
            result.set("server_cpu_s_per_1000", Site.spent(server, site.cpu(), count));
            result.put("driver_cpu_s_per_1000", Latencies.round((Site.Cpu.own() - driver) * 1000 / count));
        }
    }
}
