// SPDX-License-Identifier: Apache-2.0
/** Steps 12 and 13 of the path of an event: what happens, sent to the browsers that watch. */
@NullMarked
package io.reflexarc.api.live;

import org.jspecify.annotations.NullMarked;
