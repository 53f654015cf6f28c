// SPDX-License-Identifier: Apache-2.0
/** Event sources and filters written in Python for ansible-rulebook: each runs unmodified in a process of its own. */
@NullMarked
package io.reflexarc.plugins.python;

import org.jspecify.annotations.NullMarked;
