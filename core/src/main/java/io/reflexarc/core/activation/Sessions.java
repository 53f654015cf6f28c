// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.ActivationId;
import io.vertx.core.Future;
import java.util.Optional;

/** Looks into running sessions, wherever they run, without holding them up. */
public interface Sessions {
    /**
     * What the session of an activation remembers: asked of its owner; from the newest snapshot when no owner answers. Empty
     * when there is neither. Called on a virtual thread: it reads conditions.
     */
    Future<Optional<SessionMemory>> memory(ActivationId activation);
}
