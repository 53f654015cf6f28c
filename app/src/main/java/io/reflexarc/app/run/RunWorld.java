// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.SourceTime;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a run finds around it.
 *
 * @param time in which sources, windows and delays live; with a {@link io.reflexarc.core.source.VirtualTime} the run moves it
 *     itself, from one thing that is due to the next, and stays the same every time. Actions outside the engine take no virtual
 *     time
 * @param actions that workers know
 * @param plugins where sources and filters are found that are not ours
 * @param resources lent to actions and sources; {@link io.vertx.core.Vertx} is one of them, see {@link LazyVertx}
 * @param environment variables that sources may ask for
 * @param directory where relative paths begin
 * @param printer shows what sources have to say to people
 * @param random chance of sources, ids and retries
 */
public record RunWorld(
        SourceTime time,
        ActionCatalogue actions,
        PluginPath plugins,
        Resources resources,
        Map<String, String> environment,
        Path directory,
        Consumer<JsonNode> printer,
        RandomGenerator random) {
    public RunWorld {
        environment = Map.copyOf(environment);
    }
}
