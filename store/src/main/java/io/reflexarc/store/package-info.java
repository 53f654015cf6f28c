// SPDX-License-Identifier: Apache-2.0
/**
 * PostgreSQL and S3 behind the ports of {@code core}. {@link io.reflexarc.store.Store} is the way in; everything that
 * speaks SQL stays in here.
 */
@NullMarked
package io.reflexarc.store;

import org.jspecify.annotations.NullMarked;
