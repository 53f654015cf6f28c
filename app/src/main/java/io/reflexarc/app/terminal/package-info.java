// SPDX-License-Identifier: Apache-2.0
/** What {@code reflexarc run} shows at a terminal, in the form of {@code ansible-rulebook}: scripts read it. */
@NullMarked
package io.reflexarc.app.terminal;

import org.jspecify.annotations.NullMarked;
