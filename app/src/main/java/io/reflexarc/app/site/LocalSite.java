// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.app.config.AppConfig;
import io.reflexarc.app.embedded.DataDirectory;
import io.reflexarc.app.embedded.EmbeddedServers;
import io.reflexarc.core.event.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The configuration of {@code reflexarc up}: everything on loopback, with the embedded servers. */
public final class LocalSite {
    private static final String LOOPBACK = "127.0.0.1";

    private LocalSite() {}

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
                        servers.s3Endpoint(),
                        "us-east-1",
                        "reflexarc",
                        servers.s3AccessKey(),
                        new Secret(data.secret("s3"))),
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
                new AppConfig.Retention(30),
                new AppConfig.Worker(Optional.empty(), 25, List.of("default")));
    }
}
