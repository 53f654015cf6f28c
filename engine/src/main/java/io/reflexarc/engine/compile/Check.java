// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

/** A condition made ready to be asked of many events; it says what the {@link Evaluator} says. */
@FunctionalInterface
interface Check {
    /** What it says of the event that the readings are turned to. */
    Truth of(Readings event);
}
