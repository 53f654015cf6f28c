// SPDX-License-Identifier: Apache-2.0
package load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Open-loop load on the durable ingress alone: an activation is bound, whose rule matches nothing. The same load then goes to
 * a server that only reads the body and answers 202, in a process of its own; and Redis is asked for what it can do.
 *
 * <p>Arguments: facts.json data-dir server-pid plain-pid plain-port rate seconds warm-up-rate warm-up-seconds. Started by
 * bench/ingress.
 */
final class IngressLoad {
    private static final int DRAIN_SECONDS = 30;
    private static final int PLAIN_WARM_UP_SECONDS = 10;

    private IngressLoad() {}

    public static void main(String[] arguments) throws Exception {
        Site site = new Site(Path.of(arguments[0]), Path.of(arguments[1]), Long.parseLong(arguments[2]));
        long plain = Long.parseLong(arguments[3]);
        URI plainUrl = URI.create("http://127.0.0.1:" + arguments[4] + "/");
        int rate = Integer.parseInt(arguments[5]);
        int seconds = Integer.parseInt(arguments[6]);
        int warmUpRate = Integer.parseInt(arguments[7]);
        int warmUpSeconds = Integer.parseInt(arguments[8]);
        Vertx vertx = Vertx.vertx();
        JsonNode stream = site.stream("load");
        site.activate("load", RULEBOOK, stream);
        URI url = URI.create(stream.get("url").asText());
        String token = stream.get("generated_secret").asText();
        ObjectNode result = Site.JSON.createObjectNode().put("rate", rate).put("seconds", seconds);
        result.put("warm_up_rate", warmUpRate).put("warm_up_seconds", warmUpSeconds);

        if (warmUpSeconds > 0) {
            run(new OpenLoop(vertx, warmUpRate, warmUpSeconds), url, token);
        }
        StreamLedger ledger = new StreamLedger(vertx, site, stream.get("uuid").asText());
        List<Double> before = site.cpu();
        Map<String, Double> threads = site.threads();
        double driver = Site.Cpu.own();
        OpenLoop load = run(new OpenLoop(vertx, rate, seconds), url, token);
        ObjectNode spent = Site.spent(before, site.cpu(), load.total());
        ObjectNode threadsSpent = Site.spent(threads, site.threads(), load.total());
        double drove = Site.Cpu.own() - driver;
        result.put("sent", load.total()).put("acknowledged", load.acknowledged.count());
        result.put("refused", load.refused.get()).put("refused_by_429_or_503", load.told.get());
        result.set("ledger", ledger.compare(load));
        result.set("ack_ms", load.acknowledged.percentiles(0));
        result.set("server_cpu_s_per_1000", spent);
        result.set("jvm_cpu_s_per_1000", threadsSpent);
        result.put("driver_cpu_s_per_1000", Latencies.round(drove * 1000 / load.total()));

        run(new OpenLoop(vertx, rate, PLAIN_WARM_UP_SECONDS), plainUrl, token);
        double plainBefore = Site.Cpu.of(plain);
        OpenLoop bare = run(new OpenLoop(vertx, rate, seconds), plainUrl, token);
        double bareSpent = (Site.Cpu.of(plain) - plainBefore) * 1000 / load.total();
        result.set("plain_202_ack_ms", bare.acknowledged.percentiles(0));
        result.put("plain_202_cpu_s_per_1000", Latencies.round(bareSpent));
        result.put("plain_over_durable_cpu", Latencies.round(bareSpent / spent.get("all").asDouble()));
        result.set("raw", RawLimits.appends(vertx, site));
        System.out.println(result);
        System.exit(0);
    }

    private static OpenLoop run(OpenLoop load, URI url, String token) throws Exception {
        load.send(url, token);
        load.drain(DRAIN_SECONDS);
        return load;
    }

    private static final String RULEBOOK = """
            - name: Load
              hosts: all
              sources:
                - name: load
                  ansible.eda.webhook: {port: 5000}
              rules:
                - name: Never
                  condition: event.payload.kind == "nothing"
                  action: {none: {}}
            """;
}
