// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.log;

import io.reflexarc.core.id.EventId;

/**
 * What became of one appended event.
 *
 * @param id its id, or the first one's when it is a repeat
 * @param repeated whether a dedupe key was known already
 */
public record Appended(EventId id, boolean repeated) {}
