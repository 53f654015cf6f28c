// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.generated;

import io.reflexarc.core.json.Json;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Counts: {@code {i: 0}}, {@code {i: 1}}, … and ends.
 *
 * @param limit how many events
 * @param delay seconds after each, default 0
 */
@Source.Name(value = "eda.builtin.range", formerly = "ansible.eda.range")
public record Range(Optional<Long> limit, Optional<Double> delay) implements GeneratedSource {
    public Range {
        if (limit.isEmpty()) {
            throw GeneratedSource.wrong("limit is missing: write how many events it shall make");
        }
    }

    @Override
    public void run(SourceContext context) throws InterruptedException {
        Duration pause = GeneratedSource.seconds(delay, 0);
        for (long i = 0; i < limit.orElse(0L); i++) {
            context.emit(Json.mapper().createObjectNode().put("i", i));
            context.sleep(pause);
        }
    }
}
