// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import io.reflexarc.core.activation.ActivationLog;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.page.Slice;
import io.reflexarc.core.page.SliceRequest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lines of activations, in memory. */
final class InMemoryLines implements ActivationLog {
    private final List<Line> all = new ArrayList<>();

    @Override
    public Future<Void> append(List<Line> lines) {
        all.addAll(lines);
        return Future.succeededFuture();
    }

    @Override
    public Future<Slice<Line>> lines(ActivationId activation, SliceRequest request) {
        List<Line> found = all.reversed().stream()
                .filter(line -> line.activation().equals(activation))
                .filter(line -> request.filter("level")
                        .map(line.level().label()::equals)
                        .orElse(true))
                .limit(request.size())
                .toList();
        return Future.succeededFuture(new Slice<>(found, found.size(), Optional.empty()));
    }

    @Override
    public Future<Long> dropBefore(Instant time) {
        return Future.succeededFuture(0L);
    }
}
