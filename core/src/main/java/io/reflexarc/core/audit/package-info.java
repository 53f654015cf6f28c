// SPDX-License-Identifier: Apache-2.0
/** What happened, to be asked about. */
@NullMarked
package io.reflexarc.core.audit;

import org.jspecify.annotations.NullMarked;
