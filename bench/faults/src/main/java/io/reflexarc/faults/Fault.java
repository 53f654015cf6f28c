// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

/**
 * Something that is done to the site, and when it was over.
 *
 * @param test for which it is done
 * @param victim who suffers
 * @param how e.g. {@code kill -9}
 * @param pid of the process it was done to
 * @param at when, in microseconds since the run began
 * @param back when its replacement was started
 * @param ready when that one was ready
 */
record Fault(String test, String victim, String how, long pid, long at, long back, long ready) {}
