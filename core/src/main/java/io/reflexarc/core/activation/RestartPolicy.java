// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When a stopped activation starts again by itself. */
public enum RestartPolicy {
    @JsonProperty("always")
    ALWAYS,
    @JsonProperty("on-failure")
    ON_FAILURE,
    @JsonProperty("never")
    NEVER
}
