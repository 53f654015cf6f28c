// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.core.json.JsonText;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code reflexarc version}. */
@Command(name = "version", description = "Prints the version of this build.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
    @Option(names = "--output", converter = Output.Converter.class, description = "text or json (default: text)")
    private Output output = Output.TEXT;

    @Override
    public Integer call() {
        System.out.println(
                switch (output) {
                    case TEXT ->
                        "reflexarc " + Version.current() + " on Java "
                                + Runtime.version().feature();
                    case JSON ->
                        JsonText.of(Map.of(
                                        "version",
                                        Version.current(),
                                        "java",
                                        Runtime.version().feature()))
                                .toString();
                });
        return 0;
    }
}
