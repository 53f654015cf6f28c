// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.ActivationId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** Who runs which activation. Kept in PostgreSQL beside the positions, so that a commit can check it. */
public interface Leases {
    /** Takes a lease when nobody holds one; the epoch grows. Empty when another owner's lease is still good. */
    Future<Optional<Lease>> claim(ActivationId activation, String owner, Duration length);

    /** Extends; {@code false} when the lease was lost. */
    Future<Boolean> renew(Lease lease, Duration length);

    /** Gives it back, so that another process need not wait. */
    Future<Void> release(Lease lease);

    /** Says that this process runs activations from now on, for this long, and tells who else does, and which. */
    Future<Placement> attend(String process, Duration length);

    /** The process runs no activations any more: the others need not wait until its time is over. */
    Future<Void> leave(String process);

    /** A name for one leader of a kind of periodic work (e.g. {@code scheduler}); {@code true} while the caller leads. */
    Future<Boolean> lead(String work, String owner, Duration length);
}
