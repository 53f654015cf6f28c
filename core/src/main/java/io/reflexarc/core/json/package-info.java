// SPDX-License-Identifier: Apache-2.0
/** JSON as it travels between modules: immutable bytes, and the one codec. */
@NullMarked
package io.reflexarc.core.json;

import org.jspecify.annotations.NullMarked;
