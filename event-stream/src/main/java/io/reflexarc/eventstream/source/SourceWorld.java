// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.source.SourceTime;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What surrounds the sources of a process.
 *
 * @param time that they live in
 * @param zone of local times
 * @param random safe for any thread
 * @param environment variables that sources may ask for
 * @param directory what relative paths begin at
 * @param confined whether sources may use only files in it
 * @param resources lent to sources
 * @param printer shows values to people at the terminal
 */
public record SourceWorld(
        SourceTime time,
        ZoneId zone,
        RandomGenerator random,
        Map<String, String> environment,
        Path directory,
        boolean confined,
        Resources resources,
        Consumer<JsonNode> printer) {
    public SourceWorld {
        environment = Map.copyOf(environment);
    }

    /** Where whoever runs the rulebook may use every file. */
    public SourceWorld(
            SourceTime time,
            ZoneId zone,
            RandomGenerator random,
            Map<String, String> environment,
            Path directory,
            Resources resources,
            Consumer<JsonNode> printer) {
        this(time, zone, random, environment, directory, false, resources, printer);
    }
}
