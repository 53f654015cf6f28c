// SPDX-License-Identifier: Apache-2.0
/** Events, the streams they arrive on, and how a sender proves itself. */
@NullMarked
package io.reflexarc.core.event;

import org.jspecify.annotations.NullMarked;
