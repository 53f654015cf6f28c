// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.endpoint;

import java.util.List;

/** Some endpoints that belong together. */
@FunctionalInterface
public interface Resource {
    /** The endpoints, in the order of the document. */
    List<Endpoint<?, ?>> endpoints();
}
