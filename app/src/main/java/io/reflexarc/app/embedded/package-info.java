// SPDX-License-Identifier: Apache-2.0
/** The real servers that {@code reflexarc up} runs as children or in its own process, and the directory that holds their data. */
@NullMarked
package io.reflexarc.app.embedded;

import org.jspecify.annotations.NullMarked;
