// SPDX-License-Identifier: Apache-2.0
/** Files that a command needs for as long as it runs. */
@NullMarked
package io.reflexarc.app.file;

import org.jspecify.annotations.NullMarked;
