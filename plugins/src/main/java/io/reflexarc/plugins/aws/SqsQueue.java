// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceContext;
import io.reflexarc.core.source.SourceEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an event of each message of an SQS queue, {@code {body, meta: {MessageId}}}, and deletes the message when the log has the
 * event.
 *
 * @param name of the queue
 * @param region default that of the environment
 * @param accessKey default that of the environment
 * @param secretKey default that of the environment
 * @param sessionToken of temporary credentials
 * @param endpointUrl instead of the region's own
 * @param queueOwnerAwsAccountId where the queue is another account's
 * @param delaySeconds how long one call waits for messages, default 2
 * @param maxNumberOfMessages of one call, default 1
 */
@Source.Name({"ansible.eda.aws_sqs_queue", "amazon.aws.aws_sqs_queue"})
public record SqsQueue(
        Optional<String> name,
        Optional<String> region,
        Optional<Secret> accessKey,
        Optional<Secret> secretKey,
        Optional<Secret> sessionToken,
        Optional<String> endpointUrl,
        Optional<String> queueOwnerAwsAccountId,
        Optional<Integer> delaySeconds,
        Optional<Integer> maxNumberOfMessages)
        implements AwsSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(SqsQueue.class);
    private static final int LONGEST_WAIT = 20;
    private static final int MOST_MESSAGES = 10;

    public SqsQueue {
        if (name.filter(queue -> !queue.isBlank()).isEmpty()) {
            throw AwsSource.wrong("name is missing: write the name of the queue");
        }
        if (delaySeconds
                .filter(seconds -> seconds < 0 || seconds > LONGEST_WAIT)
                .isPresent()) {
            throw AwsSource.wrong("delay_seconds must be between 0 and " + LONGEST_WAIT);
        }
        if (maxNumberOfMessages.filter(n -> n < 1 || n > MOST_MESSAGES).isPresent()) {
            throw AwsSource.wrong("max_number_of_messages must be between 1 and " + MOST_MESSAGES);
        }
    }

    @Override
    public void run(SourceContext context) throws InterruptedException {
        SqsCalls calls = SqsCalls.of(this, context);
        String url = url(calls);
        int wait = delaySeconds.orElse(2);
        ObjectNode ask = Json.mapper()
                .createObjectNode()
                .put("QueueUrl", url)
                .put("WaitTimeSeconds", wait)
                .put("MaxNumberOfMessages", maxNumberOfMessages.orElse(1));
        while (true) {
            JsonNode messages = calls.call("ReceiveMessage", ask, wait).path("Messages");
            if (!messages.isEmpty()) {
                context.emit(events(messages));
                delete(calls, url, messages);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private String url(SqsCalls calls) throws InterruptedException {
        ObjectNode ask = Json.mapper().createObjectNode().put("QueueName", name.orElseThrow());
        queueOwnerAwsAccountId.ifPresent(owner -> ask.put("QueueOwnerAWSAccountId", owner));
        return calls.call("GetQueueUrl", ask, 0).path("QueueUrl").asText();
    }

    private static List<SourceEvent> events(JsonNode messages) {
        List<SourceEvent> events = new ArrayList<>();
        for (JsonNode message : messages) {
            String id = message.path("MessageId").asText();
            String text = message.path("Body").asText();
            ObjectNode event = Json.mapper().createObjectNode();
            event.set(
                    "body", Json.foreign(text.getBytes(StandardCharsets.UTF_8)).orElseGet(() -> new TextNode(text)));
            event.putObject("meta").put("MessageId", id);
            events.add(SourceEvent.of(event, id));
        }
        return events;
    }

    private static void delete(SqsCalls calls, String url, JsonNode messages) throws InterruptedException {
        ObjectNode ask = Json.mapper().createObjectNode().put("QueueUrl", url);
        ArrayNode entries = ask.putArray("Entries");
        for (JsonNode message : messages) {
            entries.addObject()
                    .put("Id", message.path("MessageId").asText())
                    .put("ReceiptHandle", message.path("ReceiptHandle").asText());
        }
        for (JsonNode failed : calls.call("DeleteMessageBatch", ask, 0).path("Failed")) {
            LOGGER.atError()
                    .addKeyValue("message", failed.path("Id").asText())
                    .addKeyValue("reason", failed.path("Code").asText())
                    .log("a message was not deleted; it may come again, and is known by its id then");
        }
    }
}
