// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.id;

import java.util.UUID;

/**
 * The random name of one life of the log. The log and PostgreSQL both hold it; when they differ, the log was lost.
 *
 * @param value random UUID
 */
public record Incarnation(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
