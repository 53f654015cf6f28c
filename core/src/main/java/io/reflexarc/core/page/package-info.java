// SPDX-License-Identifier: Apache-2.0
/** Pages of lists. */
@NullMarked
package io.reflexarc.core.page;

import org.jspecify.annotations.NullMarked;
