// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import static io.reflexarc.eventstream.ingress.IngressRig.assertProblem;
import static io.reflexarc.eventstream.ingress.IngressRig.await;
import static io.reflexarc.eventstream.ingress.IngressRig.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.event.StreamCredential;
import io.reflexarc.core.event.StreamType;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.eventstream.redis.LogBounds;
import io.reflexarc.eventstream.redis.RedisEventLog;
import io.reflexarc.eventstream.redis.RedisLogs;
import io.reflexarc.testkit.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What senders see when the log is away or has lost its memory. */
class OutageIT {
    private final Vertx vertx = Vertx.vertx();
    private RedisServer server;
    private RedisEventLog log;
    private IngressRig rig;
    private EventStream stream;
    private InboxId inbox;

    @BeforeEach
    void start() {
        server = RedisServer.start();
        log = RedisLogs.open(vertx, server, LogBounds.DEFAULT);
        rig = new IngressRig(vertx, log, IngressRig.config().withEventLoops(2));
        stream = rig.streams.add("s", StreamType.GENERIC, new StreamCredential.Token(new Secret("t"), "X-Token"));
        inbox = rig.bind(1, stream);
    }

    @AfterEach
    void stop() {
        rig.close();
        await(log.close());
        server.close();
        await(vertx.close());
    }

    @Test
    void answers503WhileRedisIsAwayAndGoesOnAfterwards() {
        List<String> before = ids(post("before"));

        server.kill();
        HttpResponse<String> away = post("away");
        assertProblem(away, 503, "dependency-down");
        assertThat(away.headers().firstValue("retry-after")).isPresent();
        assertThat(away.body()).doesNotContain("Exception").doesNotContain("NOSCRIPT");

        server.restart();
        HttpResponse<String> response = post("away");
        while (response.statusCode() == 503) {
            response = post("away");
        }
        List<String> after = ids(response);
        assertThat(ids(post("before")))
                .as("the key of an accepted event survives")
                .isEqualTo(before);
        assertThat(rig.events(inbox))
                .extracting(event -> event.path("meta").path("uuid").asText())
                .containsExactly(before.getFirst(), after.getFirst());
    }

    @Test
    void takesNothingAfterTheLogLostItsMemory() {
        ids(post("before"));
        Redis admin = Redis.createClient(vertx, "redis://127.0.0.1:" + server.port());
        await(admin.send(Request.cmd(Command.FLUSHALL)).mapEmpty());

        HttpResponse<String> lost = post("after");

        assertProblem(lost, 503, "log-lost");
        assertThat(lost.headers().firstValue("retry-after")).isPresent();
        String keys = await(admin.send(Request.cmd(Command.DBSIZE)).map(String::valueOf));
        assertThat(keys).isEqualTo("0");
        admin.close();
    }

    private HttpResponse<String> post(String key) {
        return rig.post(stream, "{}", "X-Token", "t", "Idempotency-Key", key);
    }
}
