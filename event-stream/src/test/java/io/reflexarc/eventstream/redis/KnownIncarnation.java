// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.log.Incarnations;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Remembers the expected incarnation in memory. */
final class KnownIncarnation implements Incarnations {
    private final AtomicReference<Optional<Incarnation>> expected = new AtomicReference<>(Optional.empty());

    @Override
    public Future<Optional<Incarnation>> expected() {
        return Future.succeededFuture(expected.get());
    }

    @Override
    public Future<Void> expect(Incarnation incarnation) {
        expected.set(Optional.of(incarnation));
        return Future.succeededFuture();
    }
}
