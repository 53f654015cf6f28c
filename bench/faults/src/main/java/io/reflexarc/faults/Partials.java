// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Rules that want three events, of which two came before the engine was killed: each must fire once when the third comes.
 * Has a stream and an activation of its own, so that its events are not in the ledger of the load.
 */
final class Partials {
    private static final int ACCEPTED = 202;
    private static final Duration PATIENCE = Duration.ofSeconds(300);

    private final Cluster cluster;
    private final Target target;
    private final HttpClient client;
    private final Cluster.Stream stream;
    private final long activation;
    private final List<Integer> open = new ArrayList<>();
    private int trials;
    private int sent;

    Partials(Vertx vertx, Cluster cluster, Target target) {
        this.cluster = cluster;
        this.target = target;
        this.client = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(16));
        stream = cluster.stream("partial");
        activation = cluster.activation("partial", rulebook(0), stream);
    }

    /** The rulebook: the rule with three events, and from the first version on another one that never matches. */
    String rulebook(int version) {
        String text = """
                - name: Partial
                  hosts: all
                  sources:
                    - name: events
                      ansible.eda.webhook: {port: 5000}
                  rules:
                    - name: Three
                      condition:
                        all:
                          - events.a << event.payload.part == 1
                          - events.b << event.payload.part == 2 and event.payload.trial == events.a.payload.trial
                          - events.c << event.payload.part == 3 and event.payload.trial == events.a.payload.trial
                      action:
                        http_request:
                          url: "http://127.0.0.1:%d/partial"
                          method: POST
                          body: {id: "{{ events.a.payload.id }}", rule: "three"}
                          expected_status: [204]
                          retries: 50
                """.formatted(target.port());
        return version == 0 ? text : text + """
                            - name: Other %d
                              condition: event.payload.part == -%d
                              action:
                                debug:
                        """.formatted(version, version);
    }

    long activation() {
        return activation;
    }

    /** Sends two of three events of so many trials, and waits until the engine has read them. */
    void open(int count) {
        for (int i = 0; i < count; i++) {
            int trial = trials++;
            open.add(trial);
            send(trial, 1);
            send(trial, 2);
        }
        long expected = sent;
        if (!Stopwatch.until(
                PATIENCE,
                () -> Stopwatch.holds(() -> cluster.count(
                                "select coalesce(sum(events_seen), 0) from inboxes where activation_id = " + activation)
                        >= expected))) {
            throw new IllegalStateException("the engine did not read the events of partial matches");
        }
    }

    /** Sends the third event of all open trials, after the engine that read the first two is dead. */
    void completeAfter(Program engine) {
        if (!Stopwatch.until(PATIENCE, () -> !engine.alive())) {
            throw new IllegalStateException("the engine was not killed");
        }
        complete();
    }

    /** Sends the third event of all open trials. */
    void complete() {
        open.forEach(trial -> send(trial, 3));
        open.clear();
    }

    /** Waits until each has fired, for a while. */
    void settle(Duration bound) {
        Stopwatch.until(bound, () -> firedOnce(0, trials) == trials);
    }

    /** How many of these trials fired once. */
    long firedOnce(int from, int to) {
        Map<String, Integer> fired = fired();
        return IntStream.range(from, to)
                .filter(trial -> fired.getOrDefault(id(trial), 0) == 1)
                .count();
    }

    private void send(int trial, int part) {
        URI url = URI.create(stream.url());
        String body =
                "{\"trial\":" + trial + ",\"part\":" + part + ",\"id\":\"" + id(trial) + "\",\"key\":\"partial\"}";
        boolean accepted = Stopwatch.until(
                PATIENCE,
                () -> Stopwatch.holds(() -> client.request(HttpMethod.POST, url.getPort(), url.getHost(), url.getPath())
                                .compose(request -> request.putHeader("Authorization", "Bearer " + stream.token())
                                        .putHeader("Content-Type", "application/json")
                                        .putHeader("Idempotency-Key", id(trial) + "/" + part)
                                        .send(Buffer.buffer(body)))
                                .toCompletionStage()
                                .toCompletableFuture()
                                .get(10, TimeUnit.SECONDS)
                                .statusCode()
                        == ACCEPTED));
        if (!accepted) {
            throw new IllegalStateException("event " + part + " of trial " + trial + " was not taken");
        }
        sent++;
    }

    private static String id(int trial) {
        return "trial-" + trial;
    }

    int trials() {
        return trials;
    }

    /** Trials by how often they fired: counted by idempotency key, for a call may be repeated. */
    Map<String, Integer> fired() {
        Map<String, List<String>> keys = new HashMap<>();
        for (Target.Effect effect : target.effects()) {
            if (effect.rule().equals("three")) {
                List<String> of = keys.computeIfAbsent(effect.id(), id -> new ArrayList<>());
                if (!of.contains(effect.key())) {
                    of.add(effect.key());
                }
            }
        }
        Map<String, Integer> counts = new HashMap<>();
        for (int trial = 0; trial < trials; trial++) {
            counts.put(id(trial), keys.getOrDefault(id(trial), List.of()).size());
        }
        return counts;
    }
}
