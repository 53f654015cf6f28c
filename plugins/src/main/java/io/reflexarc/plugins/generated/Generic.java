// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.generated;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceContext;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Emits what it is given.
 *
 * @param payload an event or a list of events; empty ones are left out
 * @param payloadFile YAML file to read them from instead
 * @param randomize whether their order is chance, default false
 * @param display whether each is shown, default false
 * @param timestamp whether each gets a {@code timestamp}, default false
 * @param timeFormat of the timestamp: {@code local} (default), {@code iso8601} or {@code epoch}
 * @param createIndex name of a field that counts the events from 0
 * @param startupDelay seconds before the first event
 * @param eventDelay seconds after each item of the payload
 * @param repeatDelay seconds after each repeat of an item
 * @param loopDelay seconds before the payload is emitted again
 * @param shutdownAfter seconds between the last event and the end
 * @param loopCount how often all of the payload is emitted, -1 for ever, default 1
 * @param repeatCount how often each item is emitted in a row, default 1
 * @param blobSize length of a field {@code blob} in each event, default none
 * @param finalPayload one more event at the end
 * @param checkEnvVars variables of the environment that must have these values
 */
@Source.Name(value = "eda.builtin.generic", formerly = "ansible.eda.generic")
public record Generic(
        Optional<JsonText> payload,
        Optional<String> payloadFile,
        Optional<Boolean> randomize,
        Optional<Boolean> display,
        Optional<Boolean> timestamp,
        Optional<String> timeFormat,
        Optional<String> createIndex,
        Optional<Double> startupDelay,
        Optional<Double> eventDelay,
        Optional<Double> repeatDelay,
        Optional<Double> loopDelay,
        Optional<Double> shutdownAfter,
        Optional<Long> loopCount,
        Optional<Long> repeatCount,
        Optional<Integer> blobSize,
        Optional<JsonText> finalPayload,
        Optional<Map<String, String>> checkEnvVars)
        implements GeneratedSource {
    private static final int LARGEST_BLOB = 1_000_000;

    public Generic {
        payloadFile = payloadFile.filter(file -> !file.isEmpty());
        if (payload.isEmpty() && payloadFile.isEmpty()) {
            throw GeneratedSource.wrong("payload is missing: write a list of events, or a payload_file");
        }
        if (timestamp.orElse(false)) {
            TimeFormat.of(timeFormat.orElse("local"));
        }
        if (blobSize.filter(size -> size > LARGEST_BLOB).isPresent()) {
            throw GeneratedSource.wrong("blob_size is more than " + LARGEST_BLOB);
        }
    }

    @Override
    public void run(SourceContext context) throws IOException, InterruptedException {
        checkEnvVars.ifPresent(variables -> variables.forEach((name, value) -> check(context, name, value)));
        new GenericRun(this, context).run();
    }

    private static void check(SourceContext context, String name, String value) {
        String found = context.environment(name)
                .orElseThrow(() -> GeneratedSource.wrong("the environment variable " + name + " is required"));
        if (!found.equals(value)) {
            throw GeneratedSource.wrong(
                    "the environment variable " + name + " has another value than check_env_vars expects");
        }
    }

    /** The last event; anything but a mapping is none. */
    Optional<JsonNode> last() {
        return finalPayload.map(JsonText::tree).filter(JsonNode::isObject);
    }
}
