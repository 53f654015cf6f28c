// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.io.IOException;
import java.util.Optional;

/**
 * The one JSON codec. Names are snake_case, times are ISO-8601 strings, unknown properties are errors, numbers keep their
 * precision only as far as {@code double} and {@code long}/{@code BigInteger} do. Nesting is limited to 200 levels
 * where documents come in.
 */
public final class Json {
    private static final int MAX_DEPTH = 200;

    /** What came in is wrapped and wrapped again, and must always be readable. */
    private static final int MAX_OWN_DEPTH = 1_000;

    /** Shared, for a virtual thread has no second document to use its buffers for. */
    private static final RecyclerPool<BufferRecycler> BUFFERS = JsonRecyclerPools.newConcurrentDequePool();

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule(), new ParameterNamesModule(), new JsonTextCodec())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final JsonMapper OWN = MAPPER.copy();

    static {
        OWN.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_OWN_DEPTH)
                        .build())
                // What was checked when it came in need not be checked again
                .disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .setRecyclerPool(BUFFERS);
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .setRecyclerPool(BUFFERS);
    }

    private static final JsonFactory FOREIGN = JsonFactory.builder()
            .recyclerPool(BUFFERS)
            .streamReadConstraints(MAPPER.getFactory().streamReadConstraints())
            .build();

    private Json() {}

    /**
     * What others wrote and nobody refuses for its style: of a key that stands twice the last one counts. Empty when it is no
     * JSON.
     */
    public static Optional<JsonNode> foreign(byte[] text) {
        try (JsonParser parser = FOREIGN.createParser(text)) {
            return Optional.ofNullable(MAPPER.reader().<JsonNode>readTree(parser))
                    .filter(node -> !node.isMissingNode());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The shared mapper; callers must not reconfigure it. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** For documents that were read or written before. */
    static JsonMapper own() {
        return OWN;
    }
}
