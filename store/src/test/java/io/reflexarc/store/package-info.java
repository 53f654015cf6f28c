// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.reflexarc.store;

import org.jspecify.annotations.NullMarked;
