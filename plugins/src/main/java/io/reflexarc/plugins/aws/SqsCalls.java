// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.SourceContext;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.reflexarc.plugins.outbound.OutboundHttp.Answer;
import io.reflexarc.plugins.outbound.OutboundUrl;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Calls of the SQS API in its JSON protocol (Amazon SQS Developer Guide, "AWS JSON protocol"), signed with version 4. */
final class SqsCalls {
    private static final Logger LOGGER = LoggerFactory.getLogger(SqsCalls.class);
    private static final String JSON = "application/x-amz-json-1.0";
    private static final int LARGEST_ANSWER = 4 << 20;
    private static final int TRIES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final SourceContext context;
    private final URI endpoint;
    private final String region;
    private final AwsCredentialsIdentity identity;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    private SqsCalls(SourceContext context, URI endpoint, String region, AwsCredentialsIdentity identity) {
        this.context = context;
        this.endpoint = endpoint;
        this.region = region;
        this.identity = identity;
    }

    static SqsCalls of(SqsQueue queue, SourceContext context) {
        String region = queue.region()
                .or(() -> context.environment("AWS_REGION"))
                .or(() -> context.environment("AWS_DEFAULT_REGION"))
                .or(() -> queue.endpointUrl().map(url -> "us-east-1"))
                .orElseThrow(() -> AwsSource.wrong("region is missing: write it, or set AWS_REGION"));
        String host = "https://sqs." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn" : "");
        return new SqsCalls(context, URI.create(queue.endpointUrl().orElse(host)), region, identity(queue, context));
    }

    private static AwsCredentialsIdentity identity(SqsQueue queue, SourceContext context) {
        Optional<String> key = queue.accessKey().map(Secret::reveal).or(() -> context.environment("AWS_ACCESS_KEY_ID"));
        Optional<String> secret =
                queue.secretKey().map(Secret::reveal).or(() -> context.environment("AWS_SECRET_ACCESS_KEY"));
        if (key.isEmpty() || secret.isEmpty()) {
            throw AwsSource.wrong("access_key and secret_key are missing: write them, or set AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY");
        }
        return queue.sessionToken()
                .map(Secret::reveal)
                .or(() -> context.environment("AWS_SESSION_TOKEN"))
                .<AwsCredentialsIdentity>map(
                        token -> AwsSessionCredentialsIdentity.create(key.get(), secret.get(), token))
                .orElseGet(() -> AwsCredentialsIdentity.create(key.get(), secret.get()));
    }

    /** The answer of one action that may take so many seconds; what a repeat may help is repeated some times. */
    JsonNode call(String action, ObjectNode arguments, int seconds) throws InterruptedException {
        byte[] body = JsonText.of(arguments).bytes();
        for (int tries = 1; ; tries++) {
            String trouble;
            try {
                Answer answer = send(action, body, PATIENCE.plusSeconds(seconds));
                if (answer.status() < 500 && answer.status() != 429) {
                    return read(action, answer);
                }
                trouble = "status " + answer.status();
            } catch (IOException e) {
                trouble = String.valueOf(e.getMessage());
            }
            if (tries == TRIES) {
                throw new ProblemException(
                        ProblemType.DEPENDENCY_DOWN, "SQS at " + endpoint.getHost() + " does not answer: " + trouble);
            }
            LOGGER.atWarn()
                    .addKeyValue("source", context.name())
                    .addKeyValue("reason", trouble)
                    .log("a call of SQS failed and is repeated");
            context.sleep(PAUSE.multipliedBy(tries));
        }
    }

    private static JsonNode read(String action, Answer answer) {
        JsonNode tree = Json.foreign(answer.body().getBytes()).orElseGet(Json.mapper()::createObjectNode);
        if (answer.status() == 200) {
            return tree;
        }
        String type = tree.path("__type").asText().replaceFirst(".*#", "");
        String sentence = type.contains("QueueDoesNotExist") || type.contains("NonExistentQueue")
                ? "the queue does not exist"
                : "SQS refuses " + action + ": " + type + " "
                        + tree.path("message").asText(tree.path("Message").asText());
        throw new ProblemException(ProblemType.INVALID, sentence.strip());
    }

    private Answer send(String action, byte[] body, Duration timeout) throws IOException, InterruptedException {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint.resolve("/"))
                .putHeader("X-Amz-Target", "AmazonSQS." + action)
                .putHeader("Content-Type", JSON)
                .build();
        SignedRequest signed = signer.sign(sign -> sign.identity(identity)
                .request(request)
                .payload(ContentStreamProvider.fromByteArray(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sqs")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(HttpSigner.SIGNING_CLOCK, clock(context.clock())));
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        signed.request().forEachHeader((name, values) -> headers.add(name, values));
        return context.resource(OutboundHttp.class)
                .call(
                        HttpMethod.POST,
                        OutboundUrl.parse(endpoint.resolve("/").toString()),
                        headers,
                        Buffer.buffer(body),
                        timeout,
                        LARGEST_ANSWER);
    }

    /** The signer wants it in this form. */
    private static Clock clock(InstantSource source) {
        Instant now = source.instant();
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
