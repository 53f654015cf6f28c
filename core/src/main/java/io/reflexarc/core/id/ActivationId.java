// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.id;

/**
 * Number of an activation.
 *
 * @param value as in the API
 */
public record ActivationId(long value) {
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
