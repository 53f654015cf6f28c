// SPDX-License-Identifier: Apache-2.0
/** Sources that watch the file system. */
@NullMarked
package io.reflexarc.plugins.file;

import org.jspecify.annotations.NullMarked;
