// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.config;

import io.reflexarc.core.event.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything that a process is told.
 *
 * @param postgres state
 * @param redis the event log
 * @param s3 artifacts
 * @param kafka training runs
 * @param http REST, UI and, in one process with it, the live socket
 * @param live the live socket's own port, in a process without the role {@code api}
 * @param eventStream ingress
 * @param operations health and metrics, in a process that serves no HTTP otherwise
 * @param keys files with the site's keys
 * @param ansible where playbooks and their runner are
 * @param controller automation controller whose templates actions launch
 * @param sources what sources that run beside activations may use
 * @param outbound where actions and sources may connect to
 * @param retention how long history is kept
 * @param worker how tasks are run
 */
public record AppConfig(
        Postgres postgres,
        Redis redis,
        S3 s3,
        Kafka kafka,
        Listen http,
        Listen live,
        Ingress eventStream,
        Listen operations,
        Keys keys,
        Ansible ansible,
        Controller controller,
        Sources sources,
        Outbound outbound,
        Retention retention,
        Worker worker) {
    /**
     * PostgreSQL 15 or newer.
     *
     * @param host name or address
     * @param port usually 5432
     * @param database name
     * @param user who logs in
     * @param password of the user
     * @param poolSize connections of this process
     */
    public record Postgres(String host, int port, String database, String user, Secret password, int poolSize) {}

    /**
     * One Redis primary with {@code appendfsync always} and {@code maxmemory-policy noeviction}.
     *
     * @param host name or address
     * @param port usually 6379
     * @param password when it asks for one
     * @param tls whether to encrypt
     */
    public record Redis(String host, int port, Optional<Secret> password, boolean tls) {}

    /**
     * Any S3 API.
     *
     * @param endpoint base URL
     * @param region e.g. {@code us-east-1}
     * @param bucket made when missing
     * @param accessKey who
     * @param secretKey and proof
     */
    public record S3(URI endpoint, String region, String bucket, String accessKey, Secret secretKey) {}

    /**
     * Kafka.
     *
     * @param bootstrapServers empty while there is none
     */
    public record Kafka(Optional<String> bootstrapServers) {}

    /**
     * Where to listen.
     *
     * @param host address; loopback unless told otherwise
     * @param port TCP port
     */
    public record Listen(String host, int port) {}

    /**
     * Where events come in.
     *
     * @param host address; loopback unless told otherwise
     * @param port TCP port
     * @param publicUrl how senders reach it; empty for {@code http://host:port}
     * @param maxBodyBytes larger bodies are refused
     * @param eventsPerSecond requests a second to one stream; more are refused
     */
    public record Ingress(String host, int port, Optional<URI> publicUrl, int maxBodyBytes, int eventsPerSecond) {
        /** How senders reach it. */
        public URI url() {
            return publicUrl.orElseGet(() -> URI.create("http://" + host + ":" + port));
        }
    }

    /**
     * The site's keys, the same in all its processes.
     *
     * @param store file with the key that encrypts secrets
     * @param jwt file with the key that signs access tokens
     */
    public record Keys(Path store, Path jwt) {}

    /**
     * Ansible, on workers that run playbooks.
     *
     * @param runner program {@code ansible-runner}; empty to look for it on the PATH
     * @param playbooks directories in which playbooks are looked for
     */
    public record Ansible(Optional<Path> runner, List<Path> playbooks) {
        public Ansible {
            playbooks = List.copyOf(playbooks);
        }
    }

    /**
     * An automation controller (AWX, Ansible Automation Platform), for workers that launch its templates.
     *
     * @param url empty while there is none
     * @param token of a user of the controller
     * @param username instead of a token, with the password
     * @param password instead of a token, with the name
     * @param sslVerify {@code yes}, {@code no}, or a file of certificate authorities; empty for {@code yes}
     */
    public record Controller(
            Optional<String> url,
            Optional<Secret> token,
            Optional<String> username,
            Optional<Secret> password,
            Optional<String> sslVerify) {
        /** There is none. */
        public static final Controller NONE = new Controller(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** From variables named as in {@link ConfigLoader}, for a process without a configuration file. */
        public static Controller of(Map<String, String> environment) {
            Function<String, Optional<String>> variable =
                    name -> Optional.ofNullable(environment.get("REFLEXARC_CONTROLLER_" + name));
            return new Controller(
                    variable.apply("URL"),
                    variable.apply("TOKEN").map(Secret::new),
                    variable.apply("USERNAME"),
                    variable.apply("PASSWORD").map(Secret::new),
                    variable.apply("SSL_VERIFY"));
        }
    }

    /**
     * Sources that run beside activations.
     *
     * @param directory the only one whose files they may read or watch; empty for none
     */
    public record Sources(Optional<Path> directory) {}

    /**
     * Where actions may connect to beside public addresses.
     *
     * @param allow networks or addresses, with or without a port: {@code 10.0.0.0/8}, {@code 192.168.7.9:443}
     */
    public record Outbound(List<String> allow) {
        public Outbound {
            allow = List.copyOf(allow);
        }
    }

    /**
     * How long things are kept.
     *
     * @param auditDays decisions and their actions
     * @param historyDays events in the archive; 0 archives none
     */
    public record Retention(int auditDays, int historyDays) {}

    /**
     * How tasks are run.
     *
     * @param name of this worker; empty for host name and process id
     * @param concurrency tasks at a time
     * @param queues whose tasks are taken
     */
    public record Worker(Optional<String> name, int concurrency, List<String> queues) {
        public Worker {
            queues = List.copyOf(queues);
        }
    }
}
