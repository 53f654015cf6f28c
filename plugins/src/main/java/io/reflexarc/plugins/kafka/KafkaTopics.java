// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.kafka;

import io.reflexarc.core.event.Secret;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceContext;
import io.reflexarc.core.source.SourceEvent;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.common.TopicPartition;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import io.vertx.kafka.client.consumer.OffsetAndMetadata;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an event of each message of topics: {@code {body, meta: {headers, source_offset, produced_at, uuid}}}. The group's offset
 * advances when the log has the event.
 *
 * @param host of a broker
 * @param port of the broker
 * @param topic to read
 * @param topics to read
 * @param topicPattern of the topics to read, a regular expression
 * @param groupId consumers of one group share the messages and go on where they stopped
 * @param offset where to begin without a committed offset: {@code latest} (default) or {@code earliest}
 * @param encoding of bodies and headers, default {@code utf-8}
 * @param securityProtocol {@code PLAINTEXT} (default), {@code SSL}, {@code SASL_PLAINTEXT} or {@code SASL_SSL}
 * @param saslMechanism {@code PLAIN} (default), {@code SCRAM-SHA-256}, {@code SCRAM-SHA-512} or {@code GSSAPI}
 * @param saslPlainUsername who logs in
 * @param saslPlainPassword the password
 * @param saslKerberosServiceName default {@code kafka}
 * @param saslKerberosDomainName accepted, without effect: Kerberos itself knows the realm
 * @param cafile PEM file with the brokers' authorities
 * @param certfile PEM file with our certificate
 * @param keyfile PEM file with its key (PKCS #8)
 * @param password of the key
 * @param checkHostname whether a certificate must be the broker's name's, default true
 * @param verifyMode {@code CERT_REQUIRED} (default) or {@code CERT_OPTIONAL}, which is the same
 * @param metadataMaxAgeMs how often topics and partitions are looked for, default five minutes
 * @param feedback accepted, without effect: an offset always waits for its event
 * @param feedbackTimeout accepted, without effect: it waits as long as it takes
 * @param messageFormat {@code json}
 */
@Source.Name("ansible.eda.kafka")
public record KafkaTopics(
        Optional<String> host,
        Optional<Integer> port,
        Optional<String> topic,
        Optional<List<String>> topics,
        Optional<String> topicPattern,
        Optional<String> groupId,
        Optional<String> offset,
        Optional<String> encoding,
        Optional<String> securityProtocol,
        Optional<String> saslMechanism,
        Optional<String> saslPlainUsername,
        Optional<Secret> saslPlainPassword,
        Optional<String> saslKerberosServiceName,
        Optional<String> saslKerberosDomainName,
        Optional<String> cafile,
        Optional<String> certfile,
        Optional<String> keyfile,
        Optional<Secret> password,
        Optional<Boolean> checkHostname,
        Optional<String> verifyMode,
        Optional<Long> metadataMaxAgeMs,
        Optional<Boolean> feedback,
        Optional<Double> feedbackTimeout,
        Optional<String> messageFormat)
        implements KafkaSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaTopics.class);
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration COMMIT = Duration.ofSeconds(10);
    private static final Set<String> PROTOCOLS = Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");

    public KafkaTopics {
        require(
                host.filter(name -> !name.isBlank()).isPresent() && port.isPresent(),
                "host and port of a broker are missing");
        long given = Stream.of(topic, topics, topicPattern)
                .filter(Optional::isPresent)
                .count();
        require(given == 1, "exactly one of topic, topics and topic_pattern is needed");
        require(Set.of("latest", "earliest").contains(offset.orElse("latest")), "offset must be latest or earliest");
        require(
                PROTOCOLS.contains(securityProtocol.orElse("PLAINTEXT")),
                "security_protocol must be one of " + PROTOCOLS);
        require(
                messageFormat.orElse("json").equals("json"),
                "message_format must be json: Avro is not read here; put the collection's kafka.py into a directory of own"
                        + " sources, then it runs in Python");
        require(
                !verifyMode.orElse("CERT_REQUIRED").equals("CERT_NONE"),
                "verify_mode CERT_NONE is not supported: give the brokers' authority as cafile");
        charset(encoding);
        topicPattern.ifPresent(KafkaTopics::pattern);
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw KafkaSource.wrong(otherwise);
        }
    }

    private static Charset charset(Optional<String> encoding) {
        try {
            return Charset.forName(encoding.orElse("utf-8"));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw KafkaSource.wrong("there is no encoding " + encoding.orElse(""));
        }
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw KafkaSource.wrong("topic_pattern is no regular expression: " + e.getDescription());
        }
    }

    @Override
    public void run(SourceContext context) throws IOException, InterruptedException {
        context.resource(OutboundHttp.class).requireAllowed(host.orElseThrow(), port.orElseThrow());
        UUID own = new UUID(context.random().nextLong(), context.random().nextLong());
        KafkaConsumer<byte[], byte[]> consumer = KafkaConsumer.create(
                context.resource(Vertx.class),
                new ConsumerSettings(this, context).properties(groupId.orElse("reflexarc-" + own)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        try {
            subscribe(consumer).await();
            Messages messages = new Messages(charset(encoding));
            while (true) {
                read(consumer, messages, context);
            }
        } finally {
            // Nobody waits for it: a broker that is gone must not hold up a stop
            consumer.close()
                    .onFailure(failure -> LOGGER.atDebug().setCause(failure).log("a consumer did not close well"));
        }
    }

    private Future<Void> subscribe(KafkaConsumer<byte[], byte[]> consumer) {
        return topicPattern.isPresent()
                ? consumer.subscribe(pattern(topicPattern.get()))
                : consumer.subscribe(Set.copyOf(topics.orElseGet(() -> List.of(topic.orElseThrow()))));
    }

    /**
     * The messages of one poll are appended together; only then the offsets advance. After a stop in between the next start
     * reads them again, and the log knows them by their keys.
     */
    private void read(KafkaConsumer<byte[], byte[]> consumer, Messages messages, SourceContext context)
            throws InterruptedException {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL).await().records();
        List<SourceEvent> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> message : records) {
            messages.event(message).ifPresent(events::add);
        }
        if (!events.isEmpty()) {
            context.emit(events);
        }
        if (!records.isEmpty() && groupId.isPresent()) {
            consumer.commit(offsets(records))
                    .timeout(COMMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .await();
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(ConsumerRecords<byte[], byte[]> records) {
        return records.nextOffsets().entrySet().stream()
                .collect(Collectors.toMap(
                        next -> new TopicPartition(
                                next.getKey().topic(), next.getKey().partition()),
                        next -> new OffsetAndMetadata(
                                next.getValue().offset(), next.getValue().metadata())));
    }
}
