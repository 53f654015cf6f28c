// SPDX-License-Identifier: Apache-2.0
/**
 * The worker protocol of {@code ansible-rulebook}: a run takes its rulebook from a WebSocket, and reports to one. Messages are
 * JSON objects in text frames.
 */
@NullMarked
package io.reflexarc.app.report;

import org.jspecify.annotations.NullMarked;
