// SPDX-License-Identifier: Apache-2.0
/** Sources and filters: the SPI, the catalogues that make them of a rulebook's arguments, and the time they live in. */
@NullMarked
package io.reflexarc.core.source;

import org.jspecify.annotations.NullMarked;
