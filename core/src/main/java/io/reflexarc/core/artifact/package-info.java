// SPDX-License-Identifier: Apache-2.0
/** Big things, kept by key. */
@NullMarked
package io.reflexarc.core.artifact;

import org.jspecify.annotations.NullMarked;
