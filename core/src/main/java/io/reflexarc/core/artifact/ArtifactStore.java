// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.artifact;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Blobs by key, in an S3 bucket. */
public interface ArtifactStore {
    /** Stores or replaces. */
    Future<Void> put(String key, Buffer content, String contentType);

    /** Reads the whole blob. */
    Future<Optional<Buffer>> get(String key);

    /** Deletes; a missing blob is no error. */
    Future<Void> delete(String key);
}
