// SPDX-License-Identifier: Apache-2.0
/** Actions: the SPI, the tasks made of them, and their life. */
@NullMarked
package io.reflexarc.core.action;

import org.jspecify.annotations.NullMarked;
