// SPDX-License-Identifier: Apache-2.0
/** Who is calling: passwords, tokens, log in, and the limits on trying. */
@NullMarked
package io.reflexarc.api.auth;

import org.jspecify.annotations.NullMarked;
