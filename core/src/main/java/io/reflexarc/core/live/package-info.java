// SPDX-License-Identifier: Apache-2.0
/** What is shown as it happens. Loss is harmless: clients read a snapshot again. */
@NullMarked
package io.reflexarc.core.live;

import org.jspecify.annotations.NullMarked;
