// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.Resources;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceCatalogue;
import io.reflexarc.core.source.SourceTime;
import io.reflexarc.plugins.SourceStage;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.reflexarc.plugins.outbound.OutboundPolicy;
import io.reflexarc.testkit.PostgresServer;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PgListenerIT {
    private final Vertx vertx = Vertx.vertx();
    private final PostgresServer.Database database = PostgresServer.shared().newDatabase();

    @AfterEach
    void close() {
        PostgresServer.shared().drop(database);
        vertx.close().await();
    }

    private SourceStage stage() {
        OutboundHttp http = new OutboundHttp(vertx, OutboundPolicy.PUBLIC_ONLY.allowingLoopback());
        return new SourceStage(
                SourceTime.of(InstantSource.system()), Path.of(""), Resources.NONE.with(OutboundHttp.class, http));
    }

    private static Source source(String arguments) {
        return new SourceCatalogue(List.of(PostgresqlSource.class), PluginPath.NONE)
                .decode("ansible.eda.pg_listener", JsonText.ofString(arguments.replace('\'', '"')));
    }

    private String dsn() {
        return "host=" + database.host() + " port=" + database.port() + " dbname='" + database.name() + "' user="
                + database.user();
    }

    private void awaitListener() throws Exception {
        try (Connection connection = database.connect()) {
            boolean listens = false;
            while (!listens) {
                try (ResultSet found = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN \"b%'"
                                + " AND state = 'idle' AND datname = current_database()")) {
                    found.next();
                    listens = found.getInt(1) > 0;
                }
            }
        }
    }

    private void notify(String channel, String payload) {
        database.execute("SELECT pg_notify('" + channel + "', '" + payload + "')");
    }

    private static String chunk(String uuid, int count, int sequence, String text, String hash) {
        return "{\"_message_chunked_uuid\":\"" + uuid + "\",\"_message_chunk_count\":" + count
                + ",\"_message_chunk_sequence\":" + sequence + ",\"_chunk\":\"" + text.replace("\"", "\\\"")
                + "\",\"_message_length\":9,\"_message_xx_hash\":\"" + hash + "\"}";
    }

    @Test
    void notificationsBecomeEventsAlsoInChunksAndAfterALostConnection() throws Exception {
        SourceStage stage = stage();
        SourceStage.Playing playing = stage.play(source("{'channels':['a','b x'],'dsn':'"
                + dsn().replace("'", "\\u0027") + "','postgres_params':{'password':'" + database.password() + "'}}"));
        awaitListener();
        notify("a", "{\"n\":1}");
        assertThat(stage.next().toString()).isEqualTo("{\"n\":1}");
        String whole = "{\"big\":12345678}";
        String hash = XxHash32.hex(whole.getBytes(StandardCharsets.UTF_8));
        notify("b x", chunk("u", 2, 1, whole.substring(0, 7), hash));
        notify("a", chunk("wrong", 1, 1, "{}", "00000000"));
        notify("b x", chunk("u", 2, 2, whole.substring(7), hash));
        assertThat(stage.next().toString()).isEqualTo(whole);
        database.execute("SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
        awaitListener();
        notify("a", "[{\"n\":2},{\"n\":3}]");
        assertThat(stage.next().toString()).isEqualTo("{\"n\":2}");
        assertThat(stage.next().toString()).isEqualTo("{\"n\":3}");
        assertThat(playing.stop()).containsInstanceOf(InterruptedException.class);
    }

    @Test
    void whatIsNoJsonEndsTheSource() throws Exception {
        SourceStage stage = stage();
        SourceStage.Playing playing = stage.play(source("{'channels':['b'],'dsn':'postgresql://" + database.user() + ":"
                + database.password() + "@" + database.host() + ":" + database.port() + "/" + database.name() + "'}"));
        awaitListener();
        notify("b", "no json");
        assertThat(playing.end().get(60, TimeUnit.SECONDS))
                .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("a notification is no JSON"));
    }

    @Test
    void afterTheLastTryItSaysWhereNobodyAnswered() throws Exception {
        assertThat(stage().play(source("{'channels':['b'],'retry_attempts':1,'dsn':'host=127.0.0.1 port=1 user=x'}"))
                        .end()
                        .get(60, TimeUnit.SECONDS))
                .hasValueSatisfying(
                        e -> assertThat(e).hasMessageContaining("cannot connect to PostgreSQL at 127.0.0.1:1"));
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> source("{'dsn':'x'}")).hasMessageContaining("channels is missing");
        assertThatThrownBy(() -> source("{'channels':['a']}")).hasMessageContaining("dsn or postgres_params");
        assertThat(source("{'channels':['a'],'dsn':'password=geheim'}").toString())
                .doesNotContain("geheim");
    }

    @Test
    void hashesAreThoseOfXxHash() {
        assertThat(XxHash32.hex(new byte[0])).isEqualTo("02cc5d05");
        assertThat(XxHash32.hex("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo("32d153ff");
        assertThat(XxHash32.hex("Nobody inspects the spammish repetition".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("e2293b2f");
    }
}
