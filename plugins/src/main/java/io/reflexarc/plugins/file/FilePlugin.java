// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.file;

import io.reflexarc.core.action.Plugin;
import io.reflexarc.core.source.Source;
import java.util.List;

/** Adds the sources of {@link FileSource}. They borrow a {@link io.reflexarc.core.source.YamlReading}. */
public final class FilePlugin implements Plugin {
    @Override
    public List<Class<? extends Source>> sources() {
        return List.of(FileSource.class);
    }
}
