// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A real Redis on a free loopback port that syncs every write before it answers. {@link #shared} is one for the whole JVM:
 * tests keep apart by {@link #freshPrefix}. Where the embedded binary cannot run, a container takes its place.
 */
public final class RedisServer implements AutoCloseable {
    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static final int ATTEMPTS = 3;
    private static final int FIRST_PORT = 10_000;
    private static final int PORT_COUNT = 5_000;
    private static final AtomicInteger PORTS =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 61 % PORT_COUNT));

    private final int port;
    private final Path directory;
    private Running running;

    private RedisServer(int port, Path directory, Running running) {
        this.port = port;
        this.directory = directory;
        this.running = running;
    }

    /** The server that all tests of this JVM share; never stop it. */
    public static RedisServer shared() {
        return Shared.SERVER;
    }

    /** A server of one's own, to be killed and restarted at will. */
    public static RedisServer start() {
        try {
            Path directory = Files.createTempDirectory("reflexarc-redis");
            for (int attempt = 1; ; attempt++) {
                int port = freePort();
                try {
                    return new RedisServer(port, directory, embedded(port, directory));
                } catch (IOException | RuntimeException e) {
                    // Somebody else may have taken the port meanwhile
                    if (attempt == ATTEMPTS) {
                        return container(directory, e);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Port on 127.0.0.1; the same after a restart. */
    public int port() {
        return port;
    }

    /** A key prefix that no other test of this JVM has. */
    public static String freshPrefix() {
        return "test" + PREFIXES.incrementAndGet() + ":";
    }

    /** Ends the server as {@code kill -9} does; its data stay. */
    public void kill() {
        try {
            running.kill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again on the same port with the same data. */
    public void restart() {
        try {
            running = embedded(port, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the server and removes its data. */
    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Running embedded(int port, Path directory) throws IOException {
        redis.embedded.RedisServer server = redis.embedded.RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly yes")
                .setting("appendfsync always")
                .setting("no-appendfsync-on-rewrite no")
                .setting("dir " + directory)
                .onShutdownForceStop(true)
                .build();
        server.start();
        return server::stop;
    }

    private static RedisServer container(Path directory, Exception why) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException("the embedded Redis does not start and no Docker engine answers", why);
        }
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse("redis:7.2-alpine"))
                .withExposedPorts(6379)
                .withCommand("redis-server", "--appendonly", "yes", "--appendfsync", "always");
        container.start();
        return new RedisServer(container.getMappedPort(6379), directory, container::stop);
    }

    /** Not one of those that outgoing connections get: a server that was killed must find its port free. */
    private static int freePort() throws IOException {
        while (true) {
            int port = FIRST_PORT + Math.floorMod(PORTS.getAndIncrement(), PORT_COUNT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // The next one, then
            }
        }
    }

    private interface Running {
        void kill() throws IOException;
    }

    private static final class Shared {
        static final RedisServer SERVER = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }
}
