// SPDX-License-Identifier: Apache-2.0
/** {@code reflexarc validate}: rulebooks of files and folders, read by the linter with the names that this build knows. */
@NullMarked
package io.reflexarc.app.validate;

import org.jspecify.annotations.NullMarked;
