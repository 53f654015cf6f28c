// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much a finding matters. */
public enum Severity {
    /** The rulebook is refused. */
    ERROR,
    /** It loads and will not do what it says. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    /** Lower case. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
