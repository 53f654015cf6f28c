// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reflexarc.core.decision.Explanations;

/** What a condition, or a part of it, evaluates to. */
public enum Verdict {
    @JsonProperty("true")
    TRUE,
    @JsonProperty("false")
    FALSE,
    /** A field that it needs is not there. */
    @JsonProperty("undefined")
    UNDEFINED,
    /** Depends on other events, facts or time. */
    @JsonProperty("open")
    OPEN;

    static Verdict of(Explanations.Verdict verdict) {
        return switch (verdict) {
            case TRUE -> TRUE;
            case FALSE -> FALSE;
            case UNDEFINED -> UNDEFINED;
            case OPEN -> OPEN;
        };
    }
}
