// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

/**
 * Text that an attempt of a task printed.
 *
 * @param attempt from 1
 * @param offset characters before this text; what a client has already it skips
 * @param text the text
 */
public record LogChunk(int attempt, long offset, String text) {}
