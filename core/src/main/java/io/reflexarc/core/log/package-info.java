// SPDX-License-Identifier: Apache-2.0
/** The durable log: stream history and the inbox of each activation. */
@NullMarked
package io.reflexarc.core.log;

import org.jspecify.annotations.NullMarked;
