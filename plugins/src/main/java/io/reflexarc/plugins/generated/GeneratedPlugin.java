// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.generated;

import io.reflexarc.core.action.Plugin;
import io.reflexarc.core.source.Source;
import java.util.List;

/** Adds the sources of {@link GeneratedSource}. Generic borrows a {@link io.reflexarc.core.source.YamlReading}. */
public final class GeneratedPlugin implements Plugin {
    @Override
    public List<Class<? extends Source>> sources() {
        return List.of(GeneratedSource.class);
    }
}
