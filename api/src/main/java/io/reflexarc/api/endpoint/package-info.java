// SPDX-License-Identifier: Apache-2.0
/** An endpoint as a value: what it takes, who may call it, what it answers. Values only; {@code route} makes them work. */
@NullMarked
package io.reflexarc.api.endpoint;

import org.jspecify.annotations.NullMarked;
