// SPDX-License-Identifier: Apache-2.0
/** Runs the sources of an activation: source, its filters, meta information, the log. */
@NullMarked
package io.reflexarc.eventstream.source;

import org.jspecify.annotations.NullMarked;
