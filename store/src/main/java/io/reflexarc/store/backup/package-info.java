// SPDX-License-Identifier: Apache-2.0
/** What PostgreSQL and S3 hold, copied out and back: for backup and restore. Everything here blocks. */
@NullMarked
package io.reflexarc.store.backup;

import org.jspecify.annotations.NullMarked;
