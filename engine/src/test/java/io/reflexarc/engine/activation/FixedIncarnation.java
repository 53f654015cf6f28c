// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.log.Incarnations;
import io.vertx.core.Future;
import java.util.Optional;

/** A site that expects one incarnation. */
record FixedIncarnation(Incarnation value) implements Incarnations {
    @Override
    public Future<Optional<Incarnation>> expected() {
        return Future.succeededFuture(Optional.of(value));
    }

    @Override
    public Future<Void> expect(Incarnation incarnation) {
        return Future.failedFuture(new UnsupportedOperationException());
    }
}
