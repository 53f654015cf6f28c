// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.log;

import io.reflexarc.core.id.Incarnation;
import io.vertx.core.Future;
import java.util.Optional;

/** Where PostgreSQL remembers which log it belongs to. */
public interface Incarnations {
    /** The expected incarnation; empty on a new site. */
    Future<Optional<Incarnation>> expected();

    /** Makes this the expected incarnation; positions of earlier ones are void from then on. */
    Future<Void> expect(Incarnation incarnation);
}
