// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.kafka;

import io.reflexarc.core.event.Secret;
import io.reflexarc.core.source.SourceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The arguments of a {@link KafkaTopics} in the words of Kafka's client. */
record ConsumerSettings(KafkaTopics source, SourceContext context) {
    private static final String MODULES = "org.apache.kafka.common.security.";
    private static final String METADATA_AGE = "300000";

    Map<String, String> properties(String group) throws IOException {
        Map<String, String> properties = new TreeMap<>();
        String host = source.host().orElseThrow();
        properties.put(
                "bootstrap.servers",
                (host.contains(":") ? "[" + host + "]" : host) + ":"
                        + source.port().orElseThrow());
        properties.put("group.id", group);
        properties.put("client.id", "reflexarc-" + context.name().replaceAll("[^A-Za-z0-9._-]", "-"));
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", source.offset().orElse("latest"));
        properties.put(
                "metadata.max.age.ms",
                source.metadataMaxAgeMs().map(String::valueOf).orElse(METADATA_AGE));
        String protocol = source.securityProtocol().orElse("PLAINTEXT");
        boolean files = source.cafile().isPresent()
                || source.certfile().isPresent()
                || source.keyfile().isPresent();
        String secured = files ? protocol.replace("PLAINTEXT", "SSL") : protocol;
        properties.put("security.protocol", secured);
        if (secured.endsWith("SSL")) {
            tls(properties);
        }
        if (secured.startsWith("SASL")) {
            logIn(properties);
        }
        return properties;
    }

    private void tls(Map<String, String> properties) throws IOException {
        if (source.cafile().isPresent()) {
            properties.put("ssl.truststore.type", "PEM");
            properties.put(
                    "ssl.truststore.certificates",
                    read("cafile", source.cafile().get()));
        }
        if (source.certfile().isPresent()) {
            String certificate = read("certfile", source.certfile().get());
            properties.put("ssl.keystore.type", "PEM");
            properties.put("ssl.keystore.certificate.chain", certificate);
            properties.put(
                    "ssl.keystore.key",
                    source.keyfile().isPresent()
                            ? read("keyfile", source.keyfile().get())
                            : certificate);
            source.password().ifPresent(password -> properties.put("ssl.key.password", password.reveal()));
        }
        if (!source.checkHostname().orElse(true)) {
            properties.put("ssl.endpoint.identification.algorithm", "");
        }
    }

    private String read(String argument, String file) throws IOException {
        Path path = context.file(file);
        if (!Files.isReadable(path)) {
            throw KafkaSource.wrong(argument + " " + file + " cannot be read: check path and permissions");
        }
        return Files.readString(path);
    }

    private void logIn(Map<String, String> properties) {
        String mechanism = source.saslMechanism().orElse("PLAIN");
        properties.put("sasl.mechanism", mechanism);
        properties.put(
                "sasl.jaas.config",
                switch (mechanism) {
                    case "PLAIN" -> module("plain.PlainLoginModule");
                    case "SCRAM-SHA-256", "SCRAM-SHA-512" -> module("scram.ScramLoginModule");
                    case "GSSAPI" -> {
                        properties.put(
                                "sasl.kerberos.service.name",
                                source.saslKerberosServiceName().orElse("kafka"));
                        yield "com.sun.security.auth.module.Krb5LoginModule required useTicketCache=true;";
                    }
                    default ->
                        throw KafkaSource.wrong("sasl_mechanism must be PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or GSSAPI");
                });
    }

    private String module(String name) {
        return MODULES + name + " required username=" + quoted(source.saslPlainUsername()) + " password="
                + quoted(source.saslPlainPassword().map(Secret::reveal)) + ";";
    }

    private static String quoted(Optional<String> value) {
        return '"' + value.orElse("").replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
