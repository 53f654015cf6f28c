// SPDX-License-Identifier: Apache-2.0
/** The filters that every rulebook may use: {@code eda.builtin.*}. */
@NullMarked
package io.reflexarc.plugins.filter;

import org.jspecify.annotations.NullMarked;
