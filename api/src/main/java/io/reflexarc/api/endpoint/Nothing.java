// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.endpoint;

/** The input of an endpoint that takes no body, and the output of one that answers none. */
public record Nothing() {
    /** The only one. */
    public static final Nothing NOTHING = new Nothing();
}
