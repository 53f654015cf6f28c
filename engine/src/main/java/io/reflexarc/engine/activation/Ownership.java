// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import java.time.Duration;

/** What one owner's loop needs of its surroundings. */
interface Ownership {
    /** From the lease. */
    long epoch();

    /** Whether it may go on: the lease is good and nobody asked it to stop. */
    boolean holds();

    /** Waits; less when it has to stop. */
    void pause(Duration time);

    /** A call to the log or the store fails again and again, or works again (empty). */
    void trouble(String sentence);
}
