// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** A real Redis on a free loopback port that syncs every write to disk before it answers, and asks for a random password. */
final class EmbeddedRedis implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedRedis.class);

    private static final int ATTEMPTS = 3;
    private static final int LINES_KEPT = 20;

    private final RedisServer server;
    private final int port;

    private EmbeddedRedis(RedisServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Another program may take the port between our look and Redis's: a start that fails is tried again elsewhere. */
    static EmbeddedRedis start(DataDirectory data, ChildProcesses children) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return start(data, children, Ports.free());
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOGGER.atWarn().addKeyValue("server", "redis").setCause(e).log("embedded server did not start, again");
            }
        }
    }

    private static EmbeddedRedis start(DataDirectory data, ChildProcesses children, int port) throws IOException {
        Path configuration =
                data.write("redis.conf", """
                bind 127.0.0.1
                port %d
                dir %s
                requirepass %s
                protected-mode yes
                appendonly yes
                appendfsync always
                auto-aof-rewrite-min-size 256mb
                save ""
                maxmemory-policy noeviction
                """.formatted(port, data.directory("redis"), data.secret("redis")));
        Deque<String> said = new ConcurrentLinkedDeque<>();
        RedisServer server = RedisServer.newRedisServer()
                .executableProvider(ExecutableProvider.newJarResourceProvider(
                        data.directory("programs").toFile()))
                .port(port)
                .configFile(configuration)
                .onShutdownForceStop(false)
                .soutListener(line -> keep(said, line))
                .serrListener(line -> keep(said, line))
                .build();
        try {
            server.start();
        } catch (IOException e) {
            throw new IOException("Redis said: " + String.join(" / ", said), e);
        }
        ProcessHandle.current()
                .children()
                .filter(process -> process.info().command().orElse("").contains("redis"))
                .forEach(process -> children.remember("redis", process));
        return new EmbeddedRedis(server, port);
    }

    private static void keep(Deque<String> lines, String line) {
        lines.addLast(line);
        if (lines.size() > LINES_KEPT) {
            lines.pollFirst();
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
