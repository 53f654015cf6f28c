// SPDX-License-Identifier: Apache-2.0
/** How this process serves HTTP: every server is made here. */
@NullMarked
package io.reflexarc.core.http;

import org.jspecify.annotations.NullMarked;
