// SPDX-License-Identifier: Apache-2.0
/** The commands of {@code reflexarc}, one file each. */
@NullMarked
package io.reflexarc.app.command;

import org.jspecify.annotations.NullMarked;
