// SPDX-License-Identifier: Apache-2.0
/** The program: main, command line. */
@NullMarked
package io.reflexarc.app;

import org.jspecify.annotations.NullMarked;
