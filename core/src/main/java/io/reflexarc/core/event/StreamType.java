// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who sends to a stream; decides how a body becomes events. */
public enum StreamType {
    /** Alertmanager's webhook: one event per alert, {@code {alert, meta}}. */
    @JsonProperty("alertmanager")
    ALERTMANAGER,
    /** GitHub: one event {@code {payload, meta}}. */
    @JsonProperty("github")
    GITHUB,
    /** Anything that posts JSON: one event {@code {payload, meta}}. */
    @JsonProperty("generic")
    GENERIC
}
