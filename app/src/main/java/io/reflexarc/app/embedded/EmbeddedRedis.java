// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.embedded;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** A real Redis on a free loopback port that syncs every write to disk before it answers, and asks for a random password. */
final class EmbeddedRedis implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedRedis.class);

    private final RedisServer server;
    private final int port;

    private EmbeddedRedis(RedisServer server, int port) {
        this.server = server;
        this.port = port;
    }

    static EmbeddedRedis start(DataDirectory data, ChildProcesses children, int port) throws IOException {
        Path configuration =
                data.write("redis.conf", """
                bind 127.0.0.1
                port %d
                dir %s
                requirepass %s
                protected-mode yes
                appendonly yes
                appendfsync always
                save ""
                maxmemory-policy noeviction
                """.formatted(port, data.directory("redis"), data.secret("redis")));
        File programs = data.directory("programs").toFile();
        RedisServer server = RedisServer.newRedisServer()
                .executableProvider(ExecutableProvider.newJarResourceProvider(programs))
                .port(port)
                .configFile(configuration)
                .onShutdownForceStop(false)
                .serrListener(
                        line -> LOGGER.atWarn().addKeyValue("server", "redis").log(line))
                .build();
        server.start();
        ProcessHandle.current()
                .children()
                .filter(process -> process.info().command().orElse("").contains("redis"))
                .forEach(process -> children.remember("redis", process));
        if (!server.isActive()) {
            throw new ProblemException(ProblemType.DEPENDENCY_DOWN, "The embedded Redis did not start.");
        }
        return new EmbeddedRedis(server, port);
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
