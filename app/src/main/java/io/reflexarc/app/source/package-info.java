// SPDX-License-Identifier: Apache-2.0
/** Sources as rulebooks write them, made ready to run. */
@NullMarked
package io.reflexarc.app.source;

import org.jspecify.annotations.NullMarked;
