// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the decisions of one ruleset wait for each other's actions. */
public enum ExecutionStrategy {
    @JsonProperty("sequential")
    SEQUENTIAL,
    @JsonProperty("parallel")
    PARALLEL
}
