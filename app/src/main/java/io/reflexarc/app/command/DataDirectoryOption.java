// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --data-dir}. */
final class DataDirectoryOption {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "where everything is kept (default: .reflexarc beside the program)")
    private @Nullable Path directory;

    Path path() {
        if (directory != null) {
            return directory;
        }
        String home = System.getenv("REFLEXARC_HOME");
        return Path.of(home == null ? "" : home).resolve(".reflexarc");
    }
}
