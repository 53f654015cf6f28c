// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.account;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a user is. The table of what each may do is {@link Permission#allows}. */
public enum Role {
    ADMIN,
    OPERATOR,
    VIEWER,
    AUDITOR;

    /** Lower case, as in the API. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role with this label. */
    public static Role parse(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
