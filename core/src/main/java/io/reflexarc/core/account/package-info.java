// SPDX-License-Identifier: Apache-2.0
/** Users, roles and what each may do. */
@NullMarked
package io.reflexarc.core.account;

import org.jspecify.annotations.NullMarked;
