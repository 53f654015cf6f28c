// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.id.Position;

/** Why an owner cannot go on with its session. It never leaves this package. */
final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    Stopped(Reason reason) {
        super(reason.toString());
        this.reason = reason;
    }

    Stopped(Reason reason, Throwable cause) {
        super(reason.toString(), cause);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    /** What happened. */
    sealed interface Reason {
        /** Another owner took over, or the lease could not be kept: the session is discarded. */
        record Fenced() implements Reason {}

        /** The replay decided differently from the committed rows. */
        record Diverged(Position entry, String difference) implements Reason {}

        /** The session threw; it must be built again. */
        record EntryFailed(Position entry) implements Reason {}
    }
}
