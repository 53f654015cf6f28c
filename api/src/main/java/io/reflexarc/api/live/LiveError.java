// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

/**
 * Why a request over the WebSocket was refused.
 *
 * @param problem slug of the kind of problem
 * @param detail what is wrong and what to do about it
 */
public record LiveError(String problem, String detail) {}
