// SPDX-License-Identifier: Apache-2.0
/** Identities and places: what everything else is named by, so that no other package needs its neighbour for a name. */
@NullMarked
package io.reflexarc.core.id;

import org.jspecify.annotations.NullMarked;
