// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.generated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.source.SourceContext;
import io.reflexarc.core.source.YamlReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One run of a {@link Generic}. */
final class GenericRun {
    private final Generic generic;
    private final SourceContext context;
    private final Duration afterRepeat;
    private final Duration afterEvent;
    private final Optional<String> blob;
    private final Optional<TimeFormat> format;
    private long index;

    GenericRun(Generic generic, SourceContext context) {
        this.generic = generic;
        this.context = context;
        this.afterRepeat = GeneratedSource.seconds(generic.repeatDelay(), 0);
        this.afterEvent = GeneratedSource.seconds(generic.eventDelay(), 0);
        this.blob = generic.blobSize().filter(size -> size > 0).map("x"::repeat);
        this.format = generic.timestamp()
                .filter(wanted -> wanted)
                .map(wanted -> TimeFormat.of(generic.timeFormat().orElse("local")));
    }

    void run() throws IOException, InterruptedException {
        List<JsonNode> payload = payload();
        Duration beforeLoop = GeneratedSource.seconds(generic.loopDelay(), 0);
        context.sleep(GeneratedSource.seconds(generic.startupDelay(), 0));
        long loops = generic.loopCount().orElse(1L);
        for (long loop = 0; loop != loops; loop++) {
            if (loop > 0) {
                context.sleep(beforeLoop);
            }
            if (generic.randomize().orElse(false)) {
                shuffle(payload, context.random());
            }
            for (JsonNode item : payload) {
                emitRepeatedly(item);
            }
        }
        Optional<JsonNode> last = generic.last();
        if (last.isPresent()) {
            emit(last.get());
        }
        context.sleep(GeneratedSource.seconds(generic.shutdownAfter(), 0));
    }

    private List<JsonNode> payload() throws IOException {
        JsonNode given = generic.payloadFile().isPresent()
                ? load(generic.payloadFile().get())
                : generic.payload().map(JsonText::tree).orElseThrow();
        List<JsonNode> items = new ArrayList<>();
        if (given.isArray()) {
            given.forEach(items::add);
        } else {
            items.add(given);
        }
        items.removeIf(GenericRun::isEmpty);
        return items;
    }

    private JsonNode load(String file) throws IOException {
        Path path = context.file(file);
        if (!Files.isRegularFile(path)) {
            throw GeneratedSource.wrong("the payload_file " + file + " was not found");
        }
        return context.resource(YamlReading.class).read(Files.readString(path), file);
    }

    /** What counts as false in Python. */
    private static boolean isEmpty(JsonNode item) {
        return switch (item.getNodeType()) {
            case NULL, MISSING -> true;
            case BOOLEAN -> !item.booleanValue();
            case NUMBER -> item.doubleValue() == 0;
            case STRING -> item.textValue().isEmpty();
            case ARRAY, OBJECT, BINARY, POJO -> item.isEmpty();
        };
    }

    private void emitRepeatedly(JsonNode item) throws InterruptedException {
        for (long i = 0; i < generic.repeatCount().orElse(1L); i++) {
            emit(item);
            context.sleep(afterRepeat);
        }
        context.sleep(afterEvent);
    }

    private void emit(JsonNode item) throws InterruptedException {
        if (!(item instanceof ObjectNode fields)) {
            throw GeneratedSource.wrong("an item of payload is no mapping, so it cannot become an event");
        }
        ObjectNode event = Json.mapper().createObjectNode();
        generic.createIndex().filter(name -> !name.isEmpty()).ifPresent(name -> event.put(name, index));
        blob.ifPresent(text -> event.put("blob", text));
        format.ifPresent(wanted -> wanted.stamp(event, context.clock().instant(), context.zone()));
        event.setAll(fields.deepCopy());
        index++;
        if (generic.display().orElse(false)) {
            context.print(event);
        }
        context.emit(event);
    }

    /** Fisher and Yates. */
    private static void shuffle(List<JsonNode> items, RandomGenerator random) {
        for (int i = items.size() - 1; i > 0; i--) {
            Collections.swap(items, i, random.nextInt(i + 1));
        }
    }
}
