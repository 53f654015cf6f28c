// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an activation is doing. The names are those of the EDA controller's API, and {@code diverged}. */
public enum ActivationStatus {
    PENDING,
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED,
    /** Its rulebook said {@code shutdown}. */
    COMPLETED,
    /** It stopped by a fault and may be restarted. */
    FAILED,
    /** It cannot run as configured; a retry would not help. */
    ERROR,
    /** A recovery decided differently from the committed rows; it decides nothing until an operator looks. */
    DIVERGED,
    DELETING;

    /** Lower case, as in the API. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
