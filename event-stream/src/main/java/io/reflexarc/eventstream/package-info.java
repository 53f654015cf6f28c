// SPDX-License-Identifier: Apache-2.0
/** Where events arrive: {@code ingress} takes them over HTTP, {@code redis} keeps them. */
@NullMarked
package io.reflexarc.eventstream;

import org.jspecify.annotations.NullMarked;
