// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

/** The process is gone in the middle of something. An error, so that no code of ours takes it for a failure. */
final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
        super("killed", null, false, false);
    }
}
