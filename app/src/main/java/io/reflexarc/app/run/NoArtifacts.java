// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.reflexarc.core.artifact.ArtifactStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Keeps nothing: long output went to the terminal already. */
final class NoArtifacts implements ArtifactStore {
    @Override
    public Future<Void> put(String key, Buffer content, String contentType) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Optional<Buffer>> get(String key) {
        return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<Void> delete(String key) {
        return Future.succeededFuture();
    }
}
