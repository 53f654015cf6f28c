// SPDX-License-Identifier: Apache-2.0
/** Backup of a site that runs, and restore into a new one: which files there are, in which order, and how they are checked. */
@NullMarked
package io.reflexarc.app.backup;

import org.jspecify.annotations.NullMarked;
