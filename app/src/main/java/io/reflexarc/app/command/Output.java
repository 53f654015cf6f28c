// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import java.util.Locale;
import picocli.CommandLine;

/** How a command answers on stdout. */
enum Output {
    TEXT,
    JSON;

    /** Reads {@code text} and {@code json}. */
    static final class Converter implements CommandLine.ITypeConverter<Output> {
        @Override
        public Output convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "text" -> TEXT;
                case "json" -> JSON;
                default -> throw new CommandLine.TypeConversionException("'" + value + "' is neither text nor json");
            };
        }
    }
}
