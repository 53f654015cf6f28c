// SPDX-License-Identifier: Apache-2.0
/** The processes of a site, as far as they must know of each other. */
@NullMarked
package io.reflexarc.core.process;

import org.jspecify.annotations.NullMarked;
