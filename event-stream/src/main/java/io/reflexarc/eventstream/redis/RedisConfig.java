// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.event.Secret;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.RedisOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where the one Redis primary is. Version 6.2 or newer; Redis Cluster is not supported.
 *
 * @param host name or address
 * @param port usually 6379
 * @param user ACL user; the default user when empty
 * @param password when the server wants one
 * @param tls whether to speak TLS and check the server's name
 * @param database number of the database, usually 0
 * @param keyPrefix first part of every key and channel
 */
public record RedisConfig(
        String host,
        int port,
        Optional<String> user,
        Optional<Secret> password,
        boolean tls,
        int database,
        String keyPrefix) {
    private static final int CONNECT_MILLIS = 5_000;

    /** A server on this machine, without a password. */
    public static RedisConfig local(int port) {
        return new RedisConfig("127.0.0.1", port, Optional.empty(), Optional.empty(), false, 0, "reflexarc:");
    }

    /** The same server with another prefix. */
    public RedisConfig withKeyPrefix(String prefix) {
        return new RedisConfig(host, port, user, password, tls, database, prefix);
    }

    /** {@code host:port}, for messages. */
    public String address() {
        return host + ":" + port;
    }

    /**
     * Options of one client.
     *
     * @param connections at most so many
     * @param pending commands without an answer on one connection
     */
    RedisOptions options(int connections, int pending) {
        NetClientOptions net = new NetClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true);
        if (tls) {
            net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
        }
        RedisOptions options = new RedisOptions()
                .setNetClientOptions(net)
                .setConnectionString((tls ? "rediss://" : "redis://") + hostInUrl() + ":" + port + "/" + database)
                .setPreferredProtocolVersion(ProtocolVersion.RESP2)
                .setMaxPoolSize(connections)
                .setMaxPoolWaiting(-1)
                .setMaxWaitingHandlers(pending)
                .setPoolRecycleTimeout((int) TimeUnit.MINUTES.toMillis(5));
        user.ifPresent(options::setUser);
        password.map(Secret::reveal).ifPresent(options::setPassword);
        return options;
    }

    private String hostInUrl() {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
