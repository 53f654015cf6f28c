// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.generated;

import io.reflexarc.core.json.Json;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Counts for ever: {@code {i: 1}}, {@code {i: 2}}, …
 *
 * @param delay seconds after each, default 1
 */
@Source.Name("ansible.eda.tick")
public record Tick(Optional<Double> delay) implements GeneratedSource {
    @Override
    public void run(SourceContext context) throws InterruptedException {
        Duration pause = GeneratedSource.seconds(delay, 1);
        for (long i = 1; ; i++) {
            context.emit(Json.mapper().createObjectNode().put("i", i));
            context.sleep(pause);
        }
    }
}
