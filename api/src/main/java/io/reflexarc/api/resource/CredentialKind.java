// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a sender proves itself. */
public enum CredentialKind {
    @JsonProperty("token")
    TOKEN,
    @JsonProperty("basic")
    BASIC,
    @JsonProperty("hmac")
    HMAC
}
