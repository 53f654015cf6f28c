// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.endpoint;

import io.reflexarc.core.account.Permission;

/** Who may call an endpoint. There is no default: an endpoint without one does not compile. */
public sealed interface Access {
    /** Anybody, without a token. */
    record Open() implements Access {}

    /** Anybody who is logged in. */
    record SignedIn() implements Access {}

    /**
     * Users whose role has a permission.
     *
     * @param permission the permission
     */
    record Needs(Permission permission) implements Access {}
}
