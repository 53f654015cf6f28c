// SPDX-License-Identifier: Apache-2.0
/** Activations: a rulebook kept running, its lease, and what is committed for it. */
@NullMarked
package io.reflexarc.core.activation;

import org.jspecify.annotations.NullMarked;
