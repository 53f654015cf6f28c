// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.id;

/**
 * The inbox of one partition of an activation.
 *
 * @param activation owner
 * @param partition 0 while the activation is not partitioned
 */
public record InboxId(ActivationId activation, int partition) {
    /** The only inbox of an unpartitioned activation. */
    public static InboxId of(ActivationId activation) {
        return new InboxId(activation, 0);
    }

    /** {@code activation.partition}, usable in keys. */
    @Override
    public String toString() {
        return activation + "." + partition;
    }
}
