// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.decision;

/**
 * How an action of the engine itself ended.
 *
 * @param succeeded or failed
 * @param message why it failed, else empty
 * @param output what it printed, else empty
 */
public record OwnResult(boolean succeeded, String message, String output) {}
