// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

/** What stands for a value that is not there. JSON's {@code null} is a value and stays {@code null}. */
public enum Absent {
    /** No such field. */
    MISSING,
    /** Belongs to what another condition matches, which is not known here. */
    OPEN
}
