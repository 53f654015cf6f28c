// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.app.config.AppConfig;
import io.reflexarc.app.embedded.DataDirectory;
import io.reflexarc.app.embedded.EmbeddedServers;
import io.reflexarc.app.embedded.Endpoints;
import io.reflexarc.core.event.Secret;
import io.reflexarc.eventstream.redis.RedisConfig;
import io.reflexarc.store.PostgresConfig;
import io.reflexarc.store.S3Config;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The configuration of {@code reflexarc up}: everything on loopback, with the embedded servers. */
public final class LocalSite {
    private static final String LOOPBACK = "127.0.0.1";

    private static final String REGION = "us-east-1";
    private static final String BUCKET = "reflexarc";

    private LocalSite() {}

    /** Where the servers of this data directory are while they run. */
    public static Servers servers(Path data) {
        Endpoints endpoints = Endpoints.read(data);
        return new Servers(
                new PostgresConfig(
                        LOOPBACK,
                        endpoints.postgres(),
                        endpoints.postgresUser(),
                        endpoints.postgresUser(),
                        Endpoints.secret(data, "postgres"),
                        1),
                new RedisConfig(
                        LOOPBACK,
                        endpoints.redis(),
                        Optional.empty(),
                        Optional.of(Endpoints.secret(data, "redis")),
                        false,
                        0,
                        Servers.KEY_PREFIX),
                new S3Config(endpoints.s3(), REGION, BUCKET, endpoints.s3AccessKey(), Endpoints.secret(data, "s3")));
    }

    /** For these servers and ports. */
    public static AppConfig config(
            DataDirectory data,
            EmbeddedServers servers,
            int httpPort,
            int ingressPort,
            List<String> allowOutbound,
            Optional<Path> ansibleRunner,
            AppConfig.Controller controller) {
        List<String> outbound = new ArrayList<>(allowOutbound);
        outbound.add(LOOPBACK + ":" + httpPort); // so that the demo's action has something to call
        data.secret("jwt.key"); // made here, read from its file by whoever signs tokens
        return new AppConfig(
                new AppConfig.Postgres(
                        LOOPBACK,
                        servers.postgresPort(),
                        servers.postgresUser(),
                        servers.postgresUser(),
                        new Secret(data.secret("postgres")),
                        8),
                new AppConfig.Redis(
                        LOOPBACK, servers.redisPort(), Optional.of(new Secret(data.secret("redis"))), false),
                new AppConfig.S3(
                        servers.s3Endpoint(), REGION, BUCKET, servers.s3AccessKey(), new Secret(data.secret("s3"))),
                new AppConfig.Kafka(Optional.empty()),
                new AppConfig.Listen(LOOPBACK, httpPort),
                new AppConfig.Listen(LOOPBACK, httpPort),
                new AppConfig.Ingress(LOOPBACK, ingressPort, Optional.empty(), 1 << 20, 50_000),
                new AppConfig.Listen(LOOPBACK, httpPort),
                new AppConfig.Keys(data.file("secrets/store.key"), data.file("secrets/jwt.key")),
                new AppConfig.Ansible(ansibleRunner, List.of(data.directory("playbooks"))),
                controller,
                new AppConfig.Sources(Optional.of(data.directory("sources"))),
                new AppConfig.Outbound(outbound),
                new AppConfig.Retention(30, 30),
                new AppConfig.Worker(Optional.empty(), 25, List.of("default")));
    }
}
