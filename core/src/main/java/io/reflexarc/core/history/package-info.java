// SPDX-License-Identifier: Apache-2.0
/** Recorded events: what the log still holds of each stream, and what is known of their fields. */
@NullMarked
package io.reflexarc.core.history;

import org.jspecify.annotations.NullMarked;
