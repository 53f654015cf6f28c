// SPDX-License-Identifier: Apache-2.0
/** PostgreSQL: the source that listens to its notifications. */
@NullMarked
package io.reflexarc.plugins.postgresql;

import org.jspecify.annotations.NullMarked;
