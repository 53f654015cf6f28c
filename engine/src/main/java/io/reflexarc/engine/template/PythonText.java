// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import com.fasterxml.jackson.databind.JsonNode;

/** JSON values as Python prints them. */
public final class PythonText {
    private PythonText() {}

    /** {@code str(value)}: a string as it is, everything else as {@link #repr}. */
    public static String str(JsonNode value) {
        return Texts.str(Value.of(value));
    }

    /** {@code repr(value)}. */
    public static String repr(JsonNode value) {
        return Texts.repr(Value.of(value));
    }

    /** {@code pprint.pformat(value)}: mappings by name, 80 columns. */
    public static String pretty(JsonNode value) {
        return PrettyPrinter.format(value);
    }
}
